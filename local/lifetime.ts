import { setTimeout as sleep } from 'node:timers/promises'

type Stop = () => Promise<void> | void

export interface Lifetime {
  /**
   * Runs until `work`'s promise resolves with the sentence of a failure, or until the process is
   * told to stop; then stops what was added, the youngest first. Returns the exit code.
   */
  run: (work: (life: { addStop: (stop: Stop) => void }) => Promise<string>) => Promise<number>
}

const LONGEST_STOP_MS = 20_000

export function makeLifetime({ say }: { say: (line: string) => void }): Lifetime {
  const stops: Stop[] = []
  return {
    run: async (work) => {
      const told = listenForEnd()
      try {
        const failure = await Promise.race([
          work({ addStop: (stop) => stops.push(stop) }),
          told.end,
        ])
        if (failure === null) say('\n  · Stopping')
        await stopAll(stops)
        if (failure === null) return 0
        throw new Error(failure)
      } catch (error) {
        await stopAll(stops)
        throw error
      }
    },
  }
}

/** Null when a person or the system stops this process, or when its parent is gone. */
function listenForEnd(): { end: Promise<null> } {
  const end = new Promise<null>((resolve) => {
    let timesAsked = 0
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        timesAsked += 1
        // A second Ctrl-C means now. The guard stops what is still running.
        if (timesAsked > 1 && signal === 'SIGINT') process.exit(130)
        resolve(null)
      })
    }
    watchParent(() => resolve(null))
  })
  // A closed terminal is announced by a signal; a write to it must not end the process first.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  return { end }
}

/**
 * npm passes signals on, but can't when it is killed outright. Without npm nobody watches, so that
 * `nohup node local/demo.mjs &` outlives its shell as asked.
 */
function watchParent(onGone: () => void): void {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) onGone()
  }, 500).unref()
}

async function stopAll(stops: Stop[]): Promise<void> {
  const stopping = (async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
  })()
  await Promise.race([stopping, sleep(LONGEST_STOP_MS, undefined, { ref: false })])
}
