import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { claimNotices } from '@/domain/notification/outbox.commands'
import { noticeKinds } from '@/domain/notification/types'
import { pool } from '@/lib/db/database'
import { createRestaurant } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { queueConfirmed, readNotice, tellStaffAct } from '@/tests/support/notices'
import { claimInOrderOfQueueing } from '@/tests/support/unprotected-outbox'

const database = useDatabase()

afterEach(() => vi.restoreAllMocks())
beforeEach(() => database.truncateAll())

const BATCH = 20
/** Large ones on demand: `NOTICES=20000 RESTAURANTS=50`, with or without `ANALYZED=1`. */
const RESTAURANTS = Number(process.env.RESTAURANTS ?? 10)
const NOTICES = Number(process.env.NOTICES ?? 2_000)

async function claim(limit = BATCH) {
  const { notices } = await claimNotices({ limit, leaseToken: randomUUID(), leaseMs: 60_000 })
  return notices
}

/** `count` notices of one kind, spread over the restaurants, each with a subject of its own. */
async function fill({
  restaurantIds,
  count,
  kind = 'RESERVATION_CANCELLED',
  channel = 'MAIL',
}: {
  restaurantIds: string[]
  count: number
  kind?: string
  channel?: string
}): Promise<void> {
  await database.query(
    `WITH event AS (
       INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
       VALUES ('SERVICE', 'RESERVATION', gen_random_uuid(), 'TELL', 'CONFIRMED') RETURNING id)
     INSERT INTO notices (event_id, kind, channel, restaurant_id, subject_id, recipient, locale, due_at, payload)
     SELECT event.id, $3, $4, ($1::uuid[])[1 + n % cardinality($1::uuid[])], gen_random_uuid(), n || '@bobjool.test', 'ko',
            now() - interval '1 hour' + n * interval '1 ms', '{}'
       FROM event, generate_series(1, $2::int) AS n`,
    [restaurantIds, count, kind, channel],
  )
}

async function createRestaurants(count: number): Promise<string[]> {
  const made = await Promise.all(Array.from({ length: count }, () => createRestaurant(pool)))
  return made.map(({ id }) => id)
}

describe('whose notice goes next', () => {
  it('one restaurant’s rush of bookings delays no other’s, and nobody who waits', async () => {
    const [busy = '', quiet = ''] = await createRestaurants(2)
    const booked = { kind: 'RESERVATION_CONFIRMED', channel: 'NONE' }
    await fill({ restaurantIds: [busy], count: NOTICES, ...booked })
    await fill({ restaurantIds: [quiet], count: 3, ...booked })
    await fill({ restaurantIds: [busy], count: 1, kind: 'PROOF_CODE' })
    const claimed = await claim()
    expect(claimed[0]?.kind).toBe('PROOF_CODE')
    expect(claimed.filter(({ restaurantId }) => restaurantId === quiet)).toHaveLength(3)
    expect(claimed).toHaveLength(BATCH)
  })

  it('one restaurant’s many notices don’t delay another’s: both are in the next batch', async () => {
    const [busy = '', quiet = ''] = await createRestaurants(2)
    await fill({ restaurantIds: [busy], count: NOTICES })
    await fill({ restaurantIds: [quiet], count: 3, kind: 'RESERVATION_NO_SHOW' })
    const kinds = (await claim()).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'RESERVATION_NO_SHOW')).toHaveLength(3)
    expect(kinds).toHaveLength(BATCH)
  })

  it('control: in the order of queueing, the other restaurant waits for all of them', async () => {
    const [busy = '', quiet = ''] = await createRestaurants(2)
    await fill({ restaurantIds: [busy], count: NOTICES })
    await fill({ restaurantIds: [quiet], count: 3, kind: 'RESERVATION_NO_SHOW' })
    const kinds = await claimInOrderOfQueueing(database, BATCH)
    expect(kinds).not.toContain('RESERVATION_NO_SHOW')
  })

  it('a call that is queued last goes out with the next batch, and first in it', async () => {
    const restaurantIds = await createRestaurants(RESTAURANTS)
    await fill({ restaurantIds, count: NOTICES })
    await fill({ restaurantIds, count: 100, kind: 'RESERVATION_SOON' })
    await claim()
    await fill({ restaurantIds: restaurantIds.slice(-1), count: 1, kind: 'TICKET_CALLED' })
    if (process.env.ANALYZED) await database.query('ANALYZE notices')
    const watched = vi.spyOn(pool, 'query')
    const startedAtMs = performance.now()
    const batch = await claim()
    // Printed for a run by hand at full size; no test asserts a duration.
    if (process.env.NOTICES) console.info(`claimed in ${performance.now() - startedAtMs} ms`)
    expect(watched).toHaveBeenCalledTimes(1)
    expect(batch[0]?.kind).toBe('TICKET_CALLED')
    expect(batch).toHaveLength(BATCH)
  })

  it('reminders come after news', async () => {
    const restaurantIds = await createRestaurants(2)
    await fill({ restaurantIds, count: 5, kind: 'DAY_SHEET' })
    await fill({ restaurantIds, count: 5 })
    const kinds = (await claim()).map(({ kind }) => kind)
    expect(kinds).toEqual([
      ...Array(5).fill('RESERVATION_CANCELLED'),
      ...Array(5).fill('DAY_SHEET'),
    ])
  })

  it('a batch large enough for all contains every restaurant', async () => {
    const restaurantIds = await createRestaurants(RESTAURANTS)
    await fill({ restaurantIds, count: NOTICES })
    const claimed = (await claim(RESTAURANTS)).map(({ id }) => id)
    const rows = await database.query(
      'SELECT DISTINCT restaurant_id FROM notices WHERE id = ANY ($1)',
      [claimed],
    )
    expect(rows).toHaveLength(RESTAURANTS)
  })

  it('nothing is claimed twice or left over', async () => {
    await fill({ restaurantIds: await createRestaurants(7), count: 230 })
    const seen = new Set<string>()
    for (let batch = await claim(); batch.length > 0; batch = await claim())
      for (const { id } of batch) seen.add(id)
    expect(seen.size).toBe(230)
  })

  it('each kind has its urgency', async () => {
    const rows = await database.query<{ kind: string; urgency: number }>(
      'SELECT kind, notice_urgency(kind) AS urgency FROM unnest($1::text[]) AS kind',
      [noticeKinds],
    )
    const kindsOf = (urgency: number) =>
      rows.filter((row) => row.urgency === urgency).map(({ kind }) => kind)
    expect(kindsOf(0).toSorted()).toEqual(
      [
        ...['CHANGE_ADDRESS', 'CONFIRM_ADDRESS', 'RESET_PASSWORD', 'SIGN_IN_LINK'],
        ...['PROOF_CODE', 'TICKET_CALLED', 'TICKET_LAST_CALLED'],
      ].toSorted(),
    )
    expect(kindsOf(2).toSorted()).toEqual(
      ['DAY_SHEET', 'OPENING_SOON', 'RESERVATION_SOON', 'RESERVATION_TOMORROW'].toSorted(),
    )
    expect(kindsOf(3)).toEqual(['OPENING_TURN'])
  })
})

describe('a notice that was overtaken', () => {
  it('is dropped with its reason when it is claimed: a confirmation of what is cancelled', async () => {
    const { id, reservationId } = await queueConfirmed(pool)
    await database.query(
      `UPDATE reservations SET status = 'CANCELLED', cancelled_by = 'DINER' WHERE id = $1`,
      [reservationId],
    )
    const claimed = await claimNotices({ limit: 5, leaseToken: randomUUID(), leaseMs: 60_000 })
    expect(claimed).toMatchObject({ notices: [], dropped: 1, settling: 0 })
    expect(await readNotice(pool, id)).toMatchObject({
      state: 'DROPPED',
      droppedBecause: 'cancelled',
      attempts: 0,
      isLeased: false,
    })
  })

  it('waits while staff can still undo the act that overtook it', async () => {
    const { id, reservationId } = await queueConfirmed(pool)
    await database.query(
      `UPDATE reservations SET status = 'CANCELLED', cancelled_by = 'OWNER' WHERE id = $1`,
      [reservationId],
    )
    const act = await tellStaffAct(pool, { reservationId, act: 'CANCEL' })
    expect(await claim()).toEqual([])
    const waiting = await readNotice(pool, id)
    expect(waiting).toMatchObject({ state: 'QUEUED', attempts: 0, isLeased: false })
    expect(waiting.dueInMs).toBeGreaterThan(0)

    await database.query(`UPDATE reservations SET status = 'CONFIRMED', cancelled_by = NULL`)
    await database.query('UPDATE audit_events SET undone_at = now() WHERE id = $1', [act])
    await database.query(`UPDATE notices SET due_at = now() - interval '1 ms'`)
    expect((await claim()).map((notice) => notice.id)).toEqual([id])
  })
})
