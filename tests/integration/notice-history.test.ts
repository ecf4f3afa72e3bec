import { beforeEach, describe, expect, it } from 'vitest'
import {
  listNotices,
  listNoticesOf,
  readOutboxFigures,
} from '@/domain/notification/history.queries'
import { noticeQuery } from '@/domain/notification/history.schema'
import { loadRestaurantNotices } from '@/domain/restaurant/loaders'
import { sendRestaurantNotice, wishDaySheet } from '@/domain/restaurant/settings.commands'
import { pool } from '@/lib/db/database'
import { createAccount, createStaff } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { queueBooking, queueConfirmed, queueDead } from '@/tests/support/notices'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const every = { accountId: null, restaurantId: null, timeZone: 'Asia/Seoul' }
const ask = (given: object, narrowed = {}) =>
  listNotices({ ...every, ...narrowed, query: noticeQuery.parse(given), limit: 2 })

/** An approved owner of the restaurant. */
async function createOwner(restaurantId: string) {
  const owner = await createAccount(pool, { role: 'OWNER' })
  await createStaff(pool, { restaurantId, accountId: owner.id })
  return { accountId: owner.id, address: null }
}

/** The ids on every page, in order. */
async function readPages(): Promise<string[]> {
  const seen: string[] = []
  for (let cursor: string | null = null, pages = 0; pages < 9; pages += 1) {
    const page = await ask({ cursor })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
    if (!cursor) break
  }
  return seen
}

describe('the history of notices', () => {
  it('comes in pages, newest first, with each notice on exactly one', async () => {
    for (let made = 0; made < 5; made += 1) await queueConfirmed(pool)
    const rows = await database.query<{ id: string }>(
      'SELECT id FROM notices ORDER BY ordinal DESC',
    )
    expect(await readPages()).toEqual(rows.map(({ id }) => id))
  })

  it('loses none of the notices of one act, which share their ordinal, between two pages', async () => {
    await queueConfirmed(pool)
    const { id } = await queueConfirmed(pool)
    await database.query(
      `INSERT INTO notices (event_id, kind, channel, account_id, restaurant_id, subject_id, recipient, locale, payload, ordinal)
       OVERRIDING SYSTEM VALUE
       SELECT event_id, kind, channel.name, account_id, restaurant_id, subject_id, recipient, locale, payload, ordinal
         FROM notices, unnest(ARRAY['PUSH', 'SLACK']) AS channel (name) WHERE id = $1`,
      [id],
    )
    const rows = await database.query<{ id: string }>(
      'SELECT id FROM notices ORDER BY ordinal DESC, id DESC',
    )
    expect(rows).toHaveLength(4)
    expect(await readPages()).toEqual(rows.map(({ id }) => id))
  })

  it('has a booking’s notice among the others before it has a channel', async () => {
    await queueConfirmed(pool)
    const booked = await queueBooking(pool)
    await queueConfirmed(pool)
    const rows = await database.query<{ id: string }>(
      'SELECT id FROM notices ORDER BY ordinal DESC',
    )
    expect(rows[1]?.id).toBe(booked.id)
    expect(await readPages()).toEqual(rows.map(({ id }) => id))
    const { accountId, restaurantId } = booked
    const shown = [{ id: booked.id, channel: 'MAIL', state: 'QUEUED' }]
    expect((await ask({}, { accountId })).items).toMatchObject(shown)
    expect((await ask({}, { restaurantId })).items).toMatchObject(shown)
    expect((await listNoticesOf({ accountId, cursor: null })).items).toMatchObject(shown)
    expect((await ask({ state: 'DEAD' }, { restaurantId })).items).toEqual([])
  })

  it('is searched by person, restaurant, kind, state and day', async () => {
    const mine = await queueConfirmed(pool)
    const dead = await queueDead(pool, (await queueConfirmed(pool)).reservationId)
    const idsOf = async (given: object, narrowed = {}) =>
      (await ask(given, narrowed)).items.map(({ id }) => id)
    expect(await idsOf({}, { accountId: mine.accountId })).toEqual([mine.id])
    expect(await idsOf({}, { restaurantId: mine.restaurantId })).toEqual([mine.id])
    expect(await idsOf({ state: 'DEAD' })).toEqual([dead])
    expect(await idsOf({ kind: 'DAY_SHEET' })).toEqual([])
    await database.query(`UPDATE notices SET queued_at = '2026-01-05T16:00:00Z' WHERE id = $1`, [
      mine.id,
    ])
    expect(await idsOf({ day: '2026-01-06' })).toEqual([mine.id])
    expect(await idsOf({ day: '2026-01-05' })).toEqual([])
  })

  it('shows an owner only their restaurant’s, and no full address', async () => {
    const { id, restaurantId, recipient } = await queueConfirmed(pool)
    await queueConfirmed(pool)
    const { accountId } = await createOwner(restaurantId)
    const restaurant = { id: restaurantId, timeZone: 'Asia/Seoul' }
    const told = await loadRestaurantNotices({ restaurant, accountId, given: { state: 'x' } })
    expect(told).toMatchObject({ items: [{ id, recipient: 'a…@bobjool.test' }], wantsSheet: true })
    expect(JSON.stringify(told)).not.toContain(recipient)
  })

  it('counts a late notice as waiting, but not a reminder that is not due', async () => {
    await queueConfirmed(pool)
    const later = await queueConfirmed(pool)
    await database.query(`UPDATE notices SET due_at = now() + interval '1 day' WHERE id = $1`, [
      later.id,
    ])
    expect(await readOutboxFigures()).toMatchObject({ waiting: 1, failed: 0 })
    await database.query('UPDATE notices SET attempts = 1 WHERE id = $1', [later.id])
    expect(await readOutboxFigures()).toMatchObject({ waiting: 2 })
  })
})

describe('what an owner may do about notices', () => {
  it('G19: resends those of their own restaurant, and no other’s', async () => {
    const mine = await queueConfirmed(pool)
    const dead = await queueDead(pool, mine.reservationId)
    const owner = await createOwner(mine.restaurantId)
    const foreign = await createOwner((await queueConfirmed(pool)).restaurantId)
    const asked = { restaurantId: mine.restaurantId, noticeId: dead }
    expect(await sendRestaurantNotice({ ...asked, actor: foreign })).toMatchObject({
      reason: 'not-found',
    })
    expect(await sendRestaurantNotice({ ...asked, actor: owner })).toMatchObject({ ok: true })
    expect(await sendRestaurantNotice({ ...asked, actor: owner })).toMatchObject({
      reason: 'cannot-move',
    })
  })

  it('switches the day sheet for themselves only', async () => {
    const { restaurantId } = await queueConfirmed(pool)
    const [owner, other] = [await createOwner(restaurantId), await createOwner(restaurantId)]
    expect(await wishDaySheet({ restaurantId, wants: false, actor: owner })).toMatchObject({
      ok: true,
    })
    const rows = await database.query<{ account_id: string; wants_day_sheet: boolean }>(
      'SELECT account_id, wants_day_sheet FROM restaurant_staff',
    )
    expect(Object.fromEntries(rows.map((row) => [row.account_id, row.wants_day_sheet]))).toEqual({
      [owner.accountId]: false,
      [other.accountId]: true,
    })
  })
})
