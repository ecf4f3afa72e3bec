import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createCall } from '@/lib/db/call'
import { findContradictions } from '../support/booking-books'
import { bookAs, countOutcomes, createDinerIds, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { findLineContradictions, type LineScene, setUpLine, takeAs } from '../support/line-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

/** Each has batches of its own, as another process has; the connections are real. */
async function loadTaking(): Promise<typeof takeAs> {
  vi.resetModules()
  return (await import('../support/line-scene')).takeAs
}

const PROCESSES = 4
const EACH = 48
const SOONER_THAN_A_BATCH = `
  CREATE FUNCTION be_slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.004); RETURN NEW; END $$;
  CREATE TRIGGER tickets_be_slow BEFORE INSERT ON tickets FOR EACH ROW EXECUTE FUNCTION be_slow();`

/** How many transactions wrote the tickets. */
async function countCommits(): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    'SELECT count(DISTINCT xmin::text)::int AS count FROM tickets',
  )
  return Number(row?.count)
}

type Take = (
  dinerId: string,
  scene: LineScene,
) => Promise<{ ok: true } | { ok: false; reason: string }>

/** Tickets of one line from all processes at once, each of which takes longer than a wait that is too short. */
async function storm(takings: Take[]) {
  const scene = await setUpLine()
  const [first = '', ...diners] = await createDinerIds(1 + PROCESSES * EACH)
  await takeAs(first, scene)
  await database.query(SOONER_THAN_A_BATCH)
  try {
    const answers = await Promise.all(
      diners.map((id, index) => takings[index % takings.length]?.(id, scene)),
    )
    return { answers: answers.flatMap((one) => (one ? [one] : [])), commits: await countCommits() }
  } finally {
    await database.query('DROP FUNCTION be_slow CASCADE')
  }
}

/** A line whose row another client holds, behind the ticket that went alone. */
async function holdBehindFirst({
  holders: [front, back],
  scene,
  first,
}: {
  holders: [pg.PoolClient, pg.PoolClient]
  scene: LineScene
  first: string
}) {
  const hold = async (client: pg.PoolClient) => {
    await client.query('BEGIN')
    await client.query('SELECT FROM lines WHERE restaurant_id = $1 FOR UPDATE', [
      scene.restaurantId,
    ])
  }
  await hold(front)
  const alone = takeAs(first, scene)
  const countWaiting = async () =>
    (await database.query('SELECT DISTINCT pid FROM pg_locks WHERE NOT granted')).length
  await expect.poll(countWaiting, { interval: 5 }).toBe(1)
  const held = hold(back)
  await expect.poll(countWaiting, { interval: 5 }).toBe(2)
  return { alone, held }
}

describe('tickets of several processes in one line', () => {
  test('a batch waits for the line as long as a ticket alone, and is one commit', async () => {
    const scene = await setUpLine()
    const [early = '', first = '', ...others] = await createDinerIds(22)
    await takeAs(early, scene)
    const holders: [pg.PoolClient, pg.PoolClient] = [
      await database.pool.connect(),
      await database.pool.connect(),
    ]
    const [front, back] = holders
    try {
      const { alone, held } = await holdBehindFirst({ holders, scene, first })
      const together = others.map((id) => takeAs(id, scene))
      await front.query('COMMIT')
      expect(await alone).toMatchObject({ ok: true })
      await held
      // Longer than a batch waits for what only one of its calls needs.
      await expect
        .poll(
          () =>
            database.query(
              `SELECT FROM pg_locks WHERE NOT granted AND waitstart < clock_timestamp() - interval '400 ms'`,
            ),
          { interval: 20 },
        )
        .toHaveLength(1)
      await back.query('COMMIT')
      expect(countOutcomes(await Promise.all(together))).toEqual({ booked: 20 })
      expect(await countCommits()).toBe(3)
    } finally {
      for (const holder of holders) holder.release()
    }
  })

  test('none falls back to tickets one by one', async () => {
    const takings: Take[] = []
    // One after the other: what is imported at once is imported once.
    while (takings.length < PROCESSES) takings.push(await loadTaking())
    const { answers, commits } = await storm(takings)
    const outcomes = countOutcomes(answers)
    expect(Object.keys(outcomes).filter((name) => name !== 'booked' && name !== 'busy')).toEqual([])
    expect(outcomes.booked).toBeGreaterThanOrEqual((PROCESSES * EACH) / 2)
    // One that leaves alone, and two batches, of each process; and the first ticket.
    expect(commits).toBeLessThanOrEqual(1 + PROCESSES * 4)
    expect(await findLineContradictions()).toEqual([])
  })

  test('control: with a short wait for the line, most are written one by one', async () => {
    const types = {
      p_restaurant: 'uuid',
      p_channel: 'text',
      p_account: 'uuid',
      p_session_epoch: 'integer',
      p_kiosk_hash: 'text',
      p_key: 'text',
      p_request_hash: 'text',
      p_party_size: 'integer',
      p_dining: 'text',
      p_phone: 'text',
      p_email: 'text',
      p_locale: 'text',
      p_address: 'text',
    } as const
    const takings = Array.from({ length: PROCESSES }, () => {
      const call = createCall<object, typeof types>('take_ticket', types, {
        togetherBy: ({ p_restaurant }) => p_restaurant,
        most: 32,
      })
      return async (dinerId: string, { restaurantId }: LineScene) => {
        const nothing = { p_kiosk_hash: null, p_phone: null, p_email: null, p_address: null }
        const request = {
          p_party_size: 2,
          p_dining: 'IN_STORE',
          p_locale: 'ko',
          p_request_hash: 'h',
        }
        const as = {
          p_account: dinerId,
          p_session_epoch: 0,
          p_channel: 'ONLINE',
          p_key: randomUUID(),
        }
        return call({ p_restaurant: restaurantId, ...as, ...request, ...nothing })
      }
    })
    const { commits } = await storm(takings)
    expect(commits).toBeGreaterThan(1 + PROCESSES * 4)
  })
})

/** A statement that is over in Postgres after its process has given up, or that Postgres ends itself. */
describe.each([
  ['may be written after all', 0.47, [1, 5]],
  ['is ended by Postgres', 0.6, [1]],
])('a batch that takes longer than its process waits, and %s', (_, seconds, written) => {
  const size = 4
  test('G4: each asker is told "not certain", and each key asked again tells the truth', async () => {
    const scene = await setUpSeating({ tables: Array.from({ length: 8 }, () => ({ maxParty: 4 })) })
    const [first = '', ...others] = await createDinerIds(1 + size)
    const asked = others.map((id) => ({ id, key: randomUUID() }))
    const book = ({ id, key }: { id: string; key: string }) => bookAs(id, scene, { key })
    const holder = await database.pool.connect()
    try {
      await holder.query('BEGIN')
      // The first, which goes alone, waits for its diner's row; the others gather behind it.
      await holder.query('SELECT FROM accounts WHERE id = $1 FOR UPDATE', [first])
      const alone = bookAs(first, scene)
      await expect
        .poll(() => database.query('SELECT FROM pg_locks WHERE NOT granted'), { interval: 5 })
        .not.toEqual([])
      const together = asked.map(book)
      await database.query(
        `CREATE FUNCTION be_slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(${seconds}); RETURN NEW; END $$;
         CREATE TRIGGER idempotency_keys_be_slow BEFORE INSERT ON idempotency_keys FOR EACH ROW
           WHEN (NEW.account_id <> '${first}') EXECUTE FUNCTION be_slow()`,
      )
      await holder.query('COMMIT')
      expect(await alone).toMatchObject({ ok: true })
      expect(countOutcomes(await Promise.all(together))).toEqual({ 'not-certain': size })
    } finally {
      holder.release()
    }
    // The diners' locks are the last that it lets go of.
    const locked = () =>
      database.query(
        "SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
      )
    await expect.poll(locked).toEqual([])
    expect(written).toContain((await database.query('SELECT FROM reservations')).length)
    await database.query('DROP FUNCTION be_slow CASCADE')
    expect(countOutcomes(await Promise.all(asked.map(book)))).toEqual({ booked: size })
    expect(await database.query('SELECT FROM reservations')).toHaveLength(1 + size)
    expect(await findContradictions()).toEqual([])
  })
})
