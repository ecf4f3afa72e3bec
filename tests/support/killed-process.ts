import { afterAll, beforeAll, expect } from 'vitest'
import type { Answer } from './api-client'
import { type RunningApp, startLoneApp } from './app-server'
import { useDatabase } from './database'
import { useInbox } from './inbox'
import { runOutLeases } from './notices'
import { type PostgresProxy, startPostgresProxy, type Trip } from './postgres-proxy'
import { useGateway } from './stack-gateway'
import { STORMS } from './storm-runs'

const isRelease = STORMS > 1
/**
 * Each step needs a process of its own. Within a transaction one is as good as another, because Postgres
 * keeps nothing of it: every commit takes some of them, a release dies between any two.
 */
const STRIDE = 12
/** Statements, and calls of functions that are a transaction of their own (`createCall`). */
const WRITES = /\b(INSERT|UPDATE|DELETE)\b|set_config/

/** Backends that still work on what the application sent. */
const BUSY = `SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'bobjool' AND state <> 'idle'`

/** What is there for good once it is through: a commit, or what writes outside of a transaction. */
function listBorders(trips: Trip[]): Set<number> {
  const open = new Set<number>()
  const borders = new Set<number>()
  for (const [step, { sql, connection }] of trips.entries()) {
    const isWithin = open.has(connection)
    if (/^BEGIN\b/.test(sql)) open.add(connection)
    if (/^(COMMIT|ROLLBACK)\b/.test(sql)) open.delete(connection)
    if (/^COMMIT\b/.test(sql) || (!isWithin && WRITES.test(sql))) borders.add(step)
  }
  return borders
}

/**
 * Processes behind a proxy in front of Postgres, one after the other: each is killed between two of its
 * round trips, and the next one starts meanwhile.
 */
export function useVictims() {
  const database = useDatabase()
  const gateway = useGateway()
  const inbox = useInbox()
  let proxy: PostgresProxy
  let next: Promise<RunningApp>
  /** Of the latest process that was killed. */
  let trips: Trip[] = []

  /** A process that has done nothing yet. */
  function startOne(): Promise<RunningApp> {
    return startLoneApp({ databaseUrl: proxy.url, gateway, smtpUrl: inbox.smtpUrl })
  }
  beforeAll(async () => {
    proxy = await startPostgresProxy({ url: database.databaseUrl })
    next = startOne()
    await next
  }, 300_000)
  afterAll(async () => {
    await (await next).stop()
    await proxy.stop()
  })

  /** Ends the killed process's leases, and no other's: asked before another process takes a notice. */
  async function endItsLeases(): Promise<boolean> {
    const held = await database.query('SELECT FROM notices WHERE lease_until IS NOT NULL')
    await runOutLeases(database)
    return held.length > 0
  }

  /**
   * Lets a process make that many round trips to Postgres, and kills it before the next one leaves.
   * Tells if there was one to kill it before, and if it died with a notice in its hands. With `counts`
   * only such trips are counted, and those before the first of them all leave.
   */
  async function killAfter({
    steps,
    app,
    work,
    isDone,
    counts = () => true,
  }: {
    steps: number
    app: RunningApp
    work: () => Promise<Answer | Answer[]>
    isDone: () => Promise<boolean>
    counts?: (sql: string) => boolean
  }): Promise<{ wasKilled: boolean; inHand: boolean }> {
    proxy.forget()
    const isHeld = (sql: string) =>
      proxy.listTrips().filter((trip) => counts(trip.sql)).length >= steps &&
      (steps > 0 || counts(sql))
    proxy.holdBack(isHeld)
    const asked = work().catch(() => null)
    let wasHeld = false
    await expect
      .poll(
        async () => {
          wasHeld = proxy.countHeld() > 0
          return wasHeld || (await isDone())
        },
        { timeout: 20_000, interval: 10 },
      )
      .toBe(true)
    await app.kill()
    trips = proxy.listTrips()
    await asked
    // Its connections go with it, and their locks.
    await expect.poll(() => proxy.countHeld()).toBe(0)
    proxy.holdBack(null)
    // Postgres ends what it was sent, though its client is dead: a claim, which leases a notice.
    await expect.poll(async () => (await database.query(BUSY)).length).toBe(0)
    const inHand = await endItsLeases()
    // The next process starts while the rows are checked.
    next = startOne()
    return { wasKilled: wasHeld, inHand }
  }

  /**
   * After how many round trips to kill a process, one after the other. The first lives until its work is done,
   * and its trips are the plan: on both sides of what is there for good, and between others by strides.
   */
  async function* planKills(stride = STRIDE): AsyncGenerator<number> {
    yield Number.POSITIVE_INFINITY
    const plan = trips
    expect(plan.length, 'there were steps to be killed between').toBeGreaterThan(2)
    const length = isRelease ? 1 : stride
    const borders = listBorders(plan)
    for (const step of plan.keys())
      if (step % length === length - 1 || borders.has(step) || borders.has(step - 1)) yield step
  }

  return { killAfter, nextOne: () => next, planKills, proxyOf: () => proxy }
}
