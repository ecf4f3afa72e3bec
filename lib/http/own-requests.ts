import { env } from '@/lib/env'
import { log } from '@/lib/log'

const AT_ONCE = 16
const PATIENCE_MS = 1_000

export interface OwnRate {
  perSecond: number
  /** The second answer for the same came from a cache on the way (RFC 9111, 5.1). */
  isCached: boolean
}

/**
 * How fast this deployment answers at its own public address, with everything that stands before
 * its processes: so many requests at most, for so long at most, a few at once. As fast as this
 * process can ask, so a lower bound. Null: it can't be reached from here, or refuses.
 */
export async function measureOwnRate({
  path,
  most,
  forMs,
}: {
  path: string
  most: number
  forMs: number
}): Promise<OwnRate | null> {
  const url = new URL(path, env.APP_URL)
  const first = await askOwn(url)
  const second = first && (await askOwn(url))
  if (!second) return null
  const beganMs = performance.now()
  let asked = 0
  let answered = 0
  const isOver = () => asked >= most || performance.now() - beganMs > forMs
  const askOn = async () => {
    while (!isOver()) {
      asked += 1
      if (await askOwn(url)) answered += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askOn))
  const seconds = (performance.now() - beganMs) / 1_000
  return answered === 0
    ? null
    : { perSecond: answered / seconds, isCached: second.headers.has('age') }
}

/** Null: no answer in time, or another than asked for. */
async function askOwn(url: URL): Promise<Response | null> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const response = await fetch(url, { signal, redirect: 'error', cache: 'no-store' })
    await response.arrayBuffer()
    return response.ok ? response : null
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    log.debug({ error: said }, 'the own address did not answer')
    return null
  }
}
