import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { forgetOverdue } from '@/domain/admin/retention.commands'
import { retention } from '@/domain/admin/retention.rules'
import { sweepRooms } from '@/domain/admin/sweep.commands'
import { pool } from '@/lib/db/database'
import { useDatabase } from '../support/database'
import { findInDump } from '../support/dump'
import { setUpLine } from '../support/line-scene'
import { forgetUnprotected } from '../support/unprotected-retention'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const find = (...words: string[]) => findInDump(database, words)

describe('G23: the table of what is kept', () => {
  const listed = () => {
    const page = readFileSync('docs/privacy.md', 'utf8')
    return [...page.matchAll(/^\| `([a-z-]+)` \|.*\| (\d+ [a-z]+) \|/gm)].map(
      ([, what, keptFor]) => ({ what, keptFor }),
    )
  }

  test('is the same in docs/privacy.md, in the code and in the database', async () => {
    expect(listed().map(({ what }) => what)).toEqual(retention.map(({ what }) => what))
    for (const [index, { what, keptFor }] of retention.entries()) {
      const said = [what, keptFor, listed()[index]?.keptFor]
      expect(
        await database.query(
          'SELECT kept_for($1) = $2::interval AS code, kept_for($1) = $3::interval AS page',
          said,
        ),
        what,
      ).toEqual([{ code: true, page: true }])
    }
  })

  test('is worked off by the sweep, each line a task of its own; nothing else can be forgotten', async () => {
    const done = await sweepRooms()
    for (const { what } of retention) expect(done[`forget-${what}`]).toEqual({ forgotten: 0 })
    await expect(pool.query(`SELECT forget_overdue(p_what => 'accounts')`)).rejects.toThrow('case')
  })

  test('can’t be cut short: no function that forgets takes an instant, a date or a length', async () => {
    const found = await database.query<{ name: string }>(
      `SELECT p.proname AS name FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef`,
    )
    // The second is a trigger: the row that forgets its guest says whose addresses go.
    expect(found.map(({ name }) => name).toSorted()).toEqual([
      'erase_account',
      'forget_link_addresses',
      'forget_overdue',
    ])
    const taken = await database.query(
      `SELECT DISTINCT t::regtype::text AS type FROM pg_proc p, unnest(p.proargtypes) AS t
        WHERE p.pronamespace = 'public'::regnamespace
          AND (p.prosecdef OR p.proname ~ '^(forget|cut|close)_') ORDER BY 1`,
    )
    expect(taken).toEqual([{ type: 'text' }, { type: 'uuid' }, { type: 'uuid[]' }])
    expect(
      await database.query(
        `SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
            AND NOT 'search_path=pg_catalog, public, pg_temp' = ANY (coalesce(proconfig, '{}'))`,
      ),
    ).toEqual([])
  })
})

describe('G23: sweeps', () => {
  const fillTickets = async (count: number) => {
    const { restaurantId } = await setUpLine()
    await database.query(
      `WITH line AS (INSERT INTO lines (restaurant_id, service_date) VALUES ($1, current_date - 9))
       INSERT INTO tickets (restaurant_id, service_date, number, rank, party_size, dining, channel, contact_phone,
                            asker_id, taken_key, taken_hash, status, ended_at)
       SELECT $1, current_date - 9, n, n, 2, 'TAKEOUT', 'KIOSK', '+82105551' || n, gen_random_uuid(), 'k', 'h', 'SEATED', now()
         FROM generate_series(1, $2::int) AS n`,
      [restaurantId, count],
    )
  }

  test('take at most a thousand rows at a time, and the rest the next time', async () => {
    await fillTickets(1_500)
    const one = () =>
      pool.query<{ done: number }>(`SELECT forget_overdue(p_what => 'guest-contacts') AS done`)
    expect((await one()).rows).toEqual([{ done: 1_000 }])
    expect((await one()).rows).toEqual([{ done: 500 }])
    expect((await one()).rows).toEqual([{ done: 0 }])
  })

  test('several at once forget each contact once, and count it once', async () => {
    await fillTickets(2_500)
    const done = await Promise.all(Array.from({ length: 4 }, () => forgetOverdue('guest-contacts')))
    const forgotten = done.reduce((sum, each) => sum + each.forgotten, 0)
    await forgetOverdue('guest-contacts')
    expect(forgotten).toBeLessThanOrEqual(2_500)
    expect(await database.query('SELECT what, total FROM forgotten_counts')).toEqual([
      { what: 'guest-contacts', total: '2500' },
    ])
    expect(await find('+82105551')).toEqual([])
  })

  test('control: without locks two sweeps count the same contacts twice', async () => {
    await fillTickets(20)
    await forgetUnprotected({ sweeps: 2 })
    expect(await database.query('SELECT total FROM forgotten_counts')).toEqual([{ total: '40' }])
  })

  test('leave alone what another transaction holds, and take it the next time', async () => {
    await fillTickets(3)
    const holder = await database.pool.connect()
    try {
      await holder.query('BEGIN')
      await holder.query('SELECT FROM tickets WHERE number = 2 FOR UPDATE')
      expect(await forgetOverdue('guest-contacts')).toEqual({ forgotten: 2 })
      await holder.query('ROLLBACK')
    } finally {
      holder.release()
    }
    expect(await forgetOverdue('guest-contacts')).toEqual({ forgotten: 1 })
  })

  test('read each cut-off along an index, however much is kept', async () => {
    const { rows: plans } = await readPlans()
    expect(
      plans.filter((plan) =>
        /Seq Scan on (tickets|reservations|notices|audit_events|accounts)/.test(plan),
      ),
    ).toEqual([])
  })
})

/** How the batches of forget_overdue look for their rows, with sequential scans made dear. */
async function readPlans() {
  const bodies = await database.query<{ sql: string }>(
    `SELECT prosrc AS sql FROM pg_proc WHERE proname IN ('cut_network_addresses', 'forget_guest_contacts', 'forget_parties',
                                                        'forget_allergies', 'forget_diners', 'close_unconfirmed_accounts')`,
  )
  const selects = bodies.flatMap(({ sql }) =>
    [...sql.matchAll(/SELECT [a-z]*\.?id FROM [\s\S]*?LIMIT \d+/g)].map(([select]) => select),
  )
  expect(selects.length).toBeGreaterThan(5)
  const client = await database.pool.connect()
  try {
    await client.query('SET enable_seqscan = off')
    const rows: string[] = []
    for (const select of selects) {
      const { rows: lines } = await client.query<Record<'QUERY PLAN', string>>(`EXPLAIN ${select}`)
      rows.push(lines.map((line) => line['QUERY PLAN']).join('\n'))
    }
    return { rows }
  } finally {
    await client.query('RESET enable_seqscan')
    client.release()
  }
}
