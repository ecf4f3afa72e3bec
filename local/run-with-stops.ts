import type { Progress } from './progress.mjs'

/** Called with each part to stop, in the order of starting; they stop in the opposite order. */
export type AddStop = (stop: () => unknown) => void

/**
 * Runs work, then stops what it started, the youngest first: at the end, at an error, at Ctrl-C.
 */
export async function runWithStops<T>({
  progress,
  work,
}: {
  progress: Progress
  work: (addStop: AddStop) => Promise<T>
}): Promise<T> {
  const stops: (() => unknown)[] = []
  let stopping: Promise<void> | undefined
  const stopAll = () => {
    stopping ??= stopEach(stops)
    return stopping
  }
  const leave = () => {
    progress.say('\n  · Stopping')
    void stopAll().then(() => process.exit(130))
  }
  process.once('SIGINT', leave).once('SIGTERM', leave).once('SIGHUP', leave)
  return work((stop) => void stops.push(stop)).finally(stopAll)
}

async function stopEach(stops: (() => unknown)[]): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop()
}
