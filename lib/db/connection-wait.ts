import type pg from 'pg'
import { findRequest, noteWait } from '@/lib/request-context'
import { START_WITHIN_MS } from './patience'

/**
 * A connection within this time, while all of them are in use; making a new one may take longer. Rejects as
 * the pool itself does.
 */
export type ConnectInTime = (withinMs: number) => Promise<pg.PoolClient>

type Connected = Parameters<pg.Pool['connect']>[0]

/** Rejects after this time, as the pool does. */
async function within<T>(work: Promise<T>, withinMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const isOver = new Promise<never>((_, reject) => {
    const error = new Error('timeout exceeded when trying to connect')
    timer = setTimeout(() => reject(error), Math.max(0, withinMs))
  })
  return Promise.race([work, isOver]).finally(() => clearTimeout(timer))
}

/**
 * Has all statements of one request together wait only so long for connections, and returns the way for work
 * with a limit of its own. What belongs to no request waits as long as the pool lets it.
 */
export function limitWaits({ pool, most }: { pool: pg.Pool; most: number }): ConnectInTime {
  const connect = pool.connect.bind(pool)

  const connectInTime: ConnectInTime = async (withinMs) => {
    const connecting = connect()
    if (pool.idleCount > 0 || pool.totalCount < most || pool.waitingCount === 0) return connecting
    try {
      return await within(connecting, withinMs)
    } catch (error) {
      // It goes to the next that waits.
      connecting.then(
        (client) => client.release(),
        () => {},
      )
      throw error
    }
  }

  async function connectForRequest(): Promise<pg.PoolClient> {
    const sinceMs = performance.now()
    const { waitedMs = 0 } = findRequest() ?? {}
    return connectInTime(START_WITHIN_MS - waitedMs).finally(() =>
      noteWait(performance.now() - sinceMs),
    )
  }

  /** Prisma asks for a promise, and the pool's own statements come with a callback. */
  function connectLimited(settle?: Connected) {
    if (!findRequest()) return settle ? connect(settle) : connect()
    const connecting = connectForRequest()
    if (!settle) return connecting
    connecting.then(
      (client) => settle(undefined, client, client.release.bind(client)),
      (error) => settle(error, undefined, () => {}),
    )
    return undefined
  }
  Object.assign(pool, { connect: connectLimited })
  return connectInTime
}
