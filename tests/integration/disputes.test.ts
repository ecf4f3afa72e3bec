import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { decideDispute, disputeNoShow } from '@/domain/booking/dispute.commands'
import { listDisputes } from '@/domain/booking/dispute.queries'
import { dispute } from '@/domain/booking/dispute.schema'
import { findOwnReservation, listOwnReservations } from '@/domain/booking/queries'
import { drainOutbox } from '@/domain/notification/commands'
import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount, createStaff, readToday } from '@/prisma/factories'
import { actorOf, move, setUpRestaurant } from '../support/booking-restaurant'
import { bookAs } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { useInbox } from '../support/inbox'
import { bookableFrom, miss } from '../support/no-show-scene'
import { makeAllDue } from '../support/notices'

const database = useDatabase()
const inbox = useInbox()
afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
})

const TEXT = '18시에 도착해서\n창가에 앉았어요.'

/** A diner's no-show of so many days ago, at a restaurant where one is too many. */
async function setUp({ daysAgo = 1 } = {}) {
  const { scene, ownerId, dinerId, otherId } = await setUpRestaurant([{ maxParty: 2 }], {
    noShowLimit: 1,
    noShowMonths: 6,
  })
  const { restaurantId } = scene
  const today = await readToday(pool, restaurantId)
  const serviceDate = addDays({ date: today, days: -daysAgo })
  const id = await miss({ dinerId, restaurantId, serviceDate })
  const send = (as = dinerId, text = TEXT, key: string | null = null) =>
    disputeNoShow({ reservationId: id, text, actor: actorOf(as), key })
  const decide = (grant: boolean, as = ownerId, key: string | null = null) =>
    decideDispute({ reservationId: id, grant, actor: actorOf(as), key })
  const view = async () => (await findOwnReservation({ dinerId, reservationId: id }))?.noShow
  return { scene, restaurantId, ownerId, dinerId, otherId, id, serviceDate, send, decide, view }
}

const listKinds = () =>
  database.query<{ kind: string; who: string }>(
    `SELECT kind, account_id::text AS who FROM notices ORDER BY ordinal`,
  )

describe('a diner disputes a no-show', () => {
  test('once, with their words; until it is decided it counts, and the diner is told so', async () => {
    const { send, view, dinerId, restaurantId, scene, serviceDate, id } = await setUp()
    expect(await view()).toMatchObject({
      canDispute: true,
      disputableUntil: addDays({ date: serviceDate, days: 14 }),
      dispute: null,
      rule: { limit: 1, months: 6 },
    })
    expect(await send()).toEqual({ ok: true, value: { id, granted: null } })
    expect(await view()).toMatchObject({
      canDispute: false,
      dispute: { text: TEXT, granted: null },
    })
    expect(await send(dinerId, '다시')).toMatchObject({ reason: 'already-disputed' })
    expect(await bookableFrom({ dinerId, restaurantId })).not.toBeNull()
    expect(await bookAs(dinerId, scene)).toMatchObject({ reason: 'no-shows' })
    const [listed] = (await listOwnReservations({ dinerId, limit: 20 })).items
    expect(listed?.noShow).toMatchObject({ dispute: { text: TEXT } })
  })

  test('on the fourteenth day after its service date; on the fifteenth it is too late', async () => {
    const last = await setUp({ daysAgo: 14 })
    expect(await last.send()).toMatchObject({ ok: true })
    const over = await setUp({ daysAgo: 15 })
    expect(await over.view()).toMatchObject({ canDispute: false, dispute: null })
    expect(await over.send()).toEqual({
      ok: false,
      reason: 'dispute-closed',
      details: { lastDate: addDays({ date: over.serviceDate, days: 14 }) },
    })
  })

  test('nobody else’s, and nothing but a no-show', async () => {
    const { send, otherId, ownerId, id } = await setUp()
    expect(await send(otherId)).toEqual({ ok: false, reason: 'not-found' })
    expect(await send(ownerId)).toEqual({ ok: false, reason: 'not-found' })
    await database.query(`UPDATE reservations SET status = 'LEFT' WHERE id = $1`, [id])
    expect(await send()).toMatchObject({ reason: 'not-a-no-show', details: { present: 'LEFT' } })
  })

  test('also where the restaurant counts none yet', async () => {
    const { send, restaurantId, view } = await setUp()
    await database.query(
      'UPDATE restaurants SET no_show_limit = NULL, no_show_months = NULL WHERE id = $1',
      [restaurantId],
    )
    expect(await send()).toMatchObject({ ok: true })
    expect(await view()).toMatchObject({ rule: null, dispute: { granted: null } })
  })

  test.each([
    ['', false],
    ['  \n ', false],
    ['가'.repeat(300), true],
    ['가'.repeat(301), false],
    ['a\u0000b', false],
  ])('in 1 to 300 characters: %j', (text, isTaken) => {
    expect(dispute.safeParse({ text }).success).toBe(isTaken)
  })

  test('a retry gets its first answer (G4)', async () => {
    const { send, dinerId } = await setUp()
    const key = randomUUID()
    const first = await send(dinerId, TEXT, key)
    expect(await send(dinerId, TEXT, key)).toEqual(first)
    expect(await send(dinerId, '다른 말', key)).toMatchObject({ reason: 'key-reused' })
    expect(await listKinds()).toHaveLength(1)
  })
})

describe('staff or an admin decide a dispute', () => {
  test('granted, the no-show counts no more, and the diner books', async () => {
    const { send, decide, view, dinerId, scene, id, restaurantId } = await setUp()
    await send()
    expect(await decide(true)).toEqual({ ok: true, value: { id, granted: true } })
    expect(await bookableFrom({ dinerId, restaurantId })).toBeNull()
    expect(await view()).toMatchObject({ canDispute: false, dispute: { granted: true } })
    expect(await bookAs(dinerId, scene)).toMatchObject({ ok: true })
    // What happened that evening stays in the restaurant's book.
    expect((await findOwnReservation({ dinerId, reservationId: id }))?.status).toBe('NO_SHOW')
  })

  test('declined, it counts on; and it is decided once', async () => {
    const { send, decide, dinerId, scene } = await setUp()
    await send()
    expect(await decide(false)).toMatchObject({ ok: true, value: { granted: false } })
    expect(await bookAs(dinerId, scene)).toMatchObject({ reason: 'no-shows' })
    expect(await decide(true)).toEqual({
      ok: false,
      reason: 'dispute-decided',
      details: { granted: false },
    })
    expect(await send()).toMatchObject({ reason: 'already-disputed' })
  })

  test('by floor staff and by an admin; never by the diner or another restaurant', async () => {
    const { send, decide, dinerId, restaurantId } = await setUp()
    await send()
    const elsewhere = await setUpRestaurant()
    for (const stranger of [dinerId, elsewhere.ownerId])
      expect(await decide(true, stranger)).toEqual({ ok: false, reason: 'not-found' })
    const floor = await createAccount(pool)
    await createStaff(pool, { restaurantId, accountId: floor.id, role: 'STAFF' })
    expect(await decide(true, floor.id)).toMatchObject({ ok: true })
    const next = await setUp()
    await next.send()
    const admin = await createAccount(pool, { role: 'ADMIN' })
    expect(await next.decide(false, admin.id)).toMatchObject({ ok: true })
    const acts = await database.query(
      `SELECT act, actor_role AS role, details FROM audit_events WHERE act LIKE '%DISPUTE' ORDER BY at, act DESC`,
    )
    expect(acts).toEqual([
      { act: 'DISPUTE', role: 'DINER', details: null },
      { act: 'DECIDE_DISPUTE', role: 'STAFF', details: { granted: true } },
      { act: 'DISPUTE', role: 'DINER', details: null },
      { act: 'DECIDE_DISPUTE', role: 'ADMIN', details: { granted: false } },
    ])
  })

  test('only what is disputed, and is a no-show still', async () => {
    const { send, decide, id } = await setUp()
    expect(await decide(true)).toMatchObject({ reason: 'not-disputed' })
    await send()
    await database.query(`UPDATE reservations SET status = 'LEFT' WHERE id = $1`, [id])
    expect(await decide(true)).toMatchObject({ reason: 'not-a-no-show' })
  })

  test('the list has those that wait first, page by page, and only the restaurant’s own', async () => {
    const { send, decide, restaurantId, dinerId, id, serviceDate } = await setUp()
    await send()
    await decide(false)
    for (let days = 2; days <= 26; days++) {
      const other = await miss({
        dinerId,
        restaurantId,
        serviceDate: addDays({ date: serviceDate, days: -days }),
      })
      await database.query(
        `UPDATE reservations SET disputed_at = now() - make_interval(hours => $2::int) WHERE id = $1`,
        [other, days],
      )
    }
    const elsewhere = await setUp()
    await elsewhere.send()
    const first = await listDisputes({ restaurantId })
    expect(first.items).toHaveLength(20)
    expect(first.items.every(({ granted }) => granted === null)).toBe(true)
    const second = await listDisputes({ restaurantId, cursor: first.nextCursor })
    expect(second.items).toHaveLength(6)
    expect(second.items.at(-1)).toMatchObject({ id, text: TEXT, granted: false, partySize: 2 })
    expect(second.nextCursor).toBeNull()
    expect(new Set([...first.items, ...second.items].map((line) => line.id)).size).toBe(26)
  })

  test('one that staff have corrected stands on the list no more', async () => {
    const { restaurantId, send, id } = await setUp({ daysAgo: 0 })
    await send()
    expect((await listDisputes({ restaurantId })).items).toHaveLength(1)
    await database.query(`UPDATE reservations SET status = 'CONFIRMED' WHERE id = $1`, [id])
    expect((await listDisputes({ restaurantId })).items).toEqual([])
  })
})

describe('both are told', () => {
  test('the owners by mail that it waits, without its words; the diner what was decided', async () => {
    for (const [grant, kind] of [
      [true, 'RESERVATION_DISPUTE_GRANTED'],
      [false, 'RESERVATION_DISPUTE_DECLINED'],
    ] as const) {
      await database.truncateAll()
      inbox.clear()
      const { send, decide, ownerId, dinerId } = await setUp()
      await send()
      await decide(grant)
      expect(await listKinds()).toEqual([
        { kind: 'NO_SHOW_DISPUTED', who: ownerId },
        { kind, who: dinerId },
      ])
      await makeAllDue(database)
      await drainOutbox()
      const mails = inbox.listMails()
      const titles = mails.map(({ subject }) => subject.split(' · ')[0]).toSorted()
      const told = grant ? '이의가 받아들여졌어요' : '노쇼 기록이 그대로 남아요'
      expect(titles).toEqual([told, '노쇼 이의가 들어왔어요'].toSorted())
      expect(JSON.stringify(mails)).not.toContain('창가에 앉았어요')
    }
  })

  test('a mail of a no-show says that it can be disputed', async () => {
    const { scene, ownerId, dinerId } = await setUpRestaurant()
    const booked = await bookAs(dinerId, scene)
    if (!booked.ok) throw new Error(booked.reason)
    const { id } = booked.value.reservation
    await pool.query('UPDATE reservations SET starts_at = now() WHERE id = $1', [id])
    await move(id, 'NO_SHOW', ownerId)
    await makeAllDue(database)
    await database.query(`UPDATE audit_events SET at = at - interval '1 minute'`)
    await drainOutbox()
    const mail = inbox.listMails().find(({ subject }) => subject.startsWith('오시지 않은'))
    expect(JSON.stringify(mail)).toContain('14일 안에')
  })
})

describe('the words of a dispute are the diner’s', () => {
  test('their copy has them, and an erased account leaves none', async () => {
    const { send, dinerId, restaurantId } = await setUp()
    await send()
    const [copy] = await database.query<{ copy: object }>(
      'SELECT export_account(p_account => $1) AS copy',
      [dinerId],
    )
    expect(JSON.stringify(copy)).toContain('창가에 앉았어요')
    await database.query('SELECT erase_account(p_account => $1)', [dinerId])
    expect(await database.query('SELECT dispute_text AS text FROM reservations')).toEqual([
      { text: null },
    ])
    const dump = await database.query('SELECT n::text AS row FROM notices n')
    expect(JSON.stringify(dump)).not.toContain('창가')
    const [line] = (await listDisputes({ restaurantId })).items
    expect(line).toMatchObject({ name: null, text: null })
  })
})
