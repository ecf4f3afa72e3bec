import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { undoAct } from '@/domain/booking/undo.commands'
import { readDay } from '@/domain/floor/queries'
import { pool } from '@/lib/db/database'
import { createSlot } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { actorOf, move, walkIn } from '../support/booking-restaurant'
import { bookAs, entryAt } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { act, setUpEvening } from '../support/floor-scene'
import { newCaller, newMailbox, noLater, setUpPhone, shownPhone } from '../support/guest-scene'
import { createOpening } from '../support/opening-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const listRows = () =>
  database.query<Record<string, unknown>>(
    `SELECT v.status::text AS status, v.walk_in AS "walkIn", v.diner_id AS "dinerId", v.source, v.party_size AS "partySize",
            v.note, v.allergies, g.name, g.phone, g.email, g.locale
       FROM reservations v LEFT JOIN guests g ON g.id = v.guest_id ORDER BY v.created_at`,
  )

describe('staff book for a caller', () => {
  test('it is confirmed without an account, at the best fit, and sets a guest', async () => {
    const { booked, restaurantId, ownerId, startsAt } = await setUpPhone()
    const made = await booked({ note: '창가', allergies: '땅콩' })
    expect(made).toMatchObject({
      status: 'CONFIRMED',
      tableNumbers: [1],
      startsAt: startsAt.toISOString(),
      partySize: 2,
    })
    expect(await listRows()).toEqual([
      {
        status: 'CONFIRMED',
        walkIn: false,
        dinerId: null,
        source: 'PHONE',
        partySize: 2,
        note: '창가',
        allergies: '땅콩',
        name: '김단골',
        phone: '+821023456789',
        email: null,
        locale: 'ko',
      },
    ])
    const day = await readDay({ restaurantId, accountId: ownerId })
    const phone = shownPhone('+821023456789')
    expect(day).toMatchObject({
      value: {
        parties: [
          {
            reservationId: made.id,
            name: '김단골',
            phone,
            source: 'PHONE',
            guest: { id: made.guestId, name: '김단골', phone, email: null },
          },
        ],
      },
    })
    expect(
      await database.query(
        `SELECT actor_role, details FROM audit_events WHERE subject_id = $1 AND act = 'BOOK'`,
        [made.id],
      ),
    ).toEqual([{ actor_role: 'STAFF', details: { source: 'PHONE', override: false } }])
    expect(await findContradictions()).toEqual([])
  })

  test('the same phone is the same guest, however it is typed; what is known stays', async () => {
    const { booked, restaurantId } = await setUpPhone()
    const email = newMailbox()
    const first = await booked({ guest: { name: '김단골', phone: '010 2345 6789', email } })
    await move(first.id, 'CANCEL', await ownerOf(restaurantId))
    const second = await booked({ guest: { name: '김단골님', phone: '+82 10-2345-6789' } })
    expect(second.guestId).toBe(first.guestId)
    expect(await database.query('SELECT name, email FROM guests')).toEqual([
      { name: '김단골', email },
    ])
    expect(second.guestName).toBe('김단골')
  })

  test('a guest is known to one restaurant only', async () => {
    const here = await setUpPhone()
    const there = await setUpPhone()
    const known = await here.booked()
    expect((await there.booked()).guestId).not.toBe(known.guestId)
    expect(await there.call({ guest: { id: known.guestId } })).toEqual({
      ok: false,
      reason: 'not-found',
    })
    expect(await here.call({ guest: { id: known.guestId }, override: true })).toMatchObject({
      ok: true,
      value: { guestId: known.guestId },
    })
  })

  test('named tables are had all or none', async () => {
    const { booked, call } = await setUpPhone()
    await booked({ tableNumbers: [2] })
    expect(await call({ guest: newCaller(), tableNumbers: [1, 2], partySize: 5 })).toEqual({
      ok: false,
      reason: 'slot-taken',
      details: { tableNumbers: [2] },
    })
    expect(await database.query('SELECT 1 FROM reservations')).toHaveLength(1)
    // Not even the guest of a refused booking is written down.
    expect(await database.query('SELECT 1 FROM guests')).toHaveLength(1)
  })

  test('several tables seat a party that none of them could', async () => {
    const { booked } = await setUpPhone()
    expect(await booked({ tableNumbers: [2, 1], partySize: 6 })).toMatchObject({
      tableNumbers: [1, 2],
    })
    expect(await findContradictions()).toEqual([])
  })

  test('a longer stay takes the next seating too', async () => {
    const { booked, scene, startsAt } = await setUpPhone([{ maxParty: 4 }])
    const [first] = await database.query<{ tableId: string; endsAt: Date }>(
      'SELECT table_id AS "tableId", ends_at AS "endsAt" FROM slots WHERE id = $1',
      [entryAt(scene.slotIds, 0)],
    )
    await createSlot(pool, {
      tableId: String(first?.tableId),
      startsAt: first?.endsAt ?? startsAt,
      serviceDate: scene.serviceDate,
    })
    const made = await booked({ minutes: 180 })
    expect(made.endsAt).toBe(new Date(startsAt.getTime() + 180 * 60_000).toISOString())
    expect(await database.query('SELECT 1 FROM slots WHERE taken')).toHaveLength(2)
    expect(await findContradictions()).toEqual([])
  })
})

const ownerOf = async (restaurantId: string) =>
  (
    await database.query<{ id: string }>(
      `SELECT account_id AS id FROM restaurant_staff WHERE restaurant_id = $1 AND role = 'OWNER'`,
      [restaurantId],
    )
  )[0]?.id ?? ''

describe('what stands in the way, and what staff may insist on', () => {
  test('G1: slot-taken, never overridden', async () => {
    const { call, booked, scene, dinerId } = await setUpPhone([{ maxParty: 4 }])
    expect((await bookAs(dinerId, scene)).ok).toBe(true)
    for (const override of [false, true])
      expect(await call({ override })).toMatchObject({ reason: 'slot-taken' })
    await database.query(`UPDATE slots SET taken = false, blocked = true`)
    await database.query('DELETE FROM reservation_slots')
    for (const override of [false, true])
      expect(await call({ override, tableNumbers: [1] })).toMatchObject({ reason: 'slot-taken' })
    await database.query(`UPDATE slots SET blocked = false`)
    await booked()
  })

  test('G21: table-occupied at a seating that runs, never overridden; free again after they left', async () => {
    const { scene, restaurantId, serviceDate, ownerId, slots } = await setUpEvening()
    const [table] = slots
    if (!table) throw new Error('a table was made')
    const seated = await walkIn(scene, [table.running], ownerId)
    if (!seated.ok) throw new Error(seated.reason)
    const phone = { restaurantId, serviceDate, ownerId }
    // The first seating is over, the second has begun, and the party still sits there.
    for (const id of [table.running, table.next])
      await database.query(
        `UPDATE slots SET starts_at = starts_at - interval '15 minutes', ends_at = ends_at - interval '15 minutes'
          WHERE id = $1`,
        [id],
      )
    for (const override of [false, true])
      expect(await callAt(phone, table.next, { override, tableNumbers: [1] })).toEqual({
        ok: false,
        reason: 'table-occupied',
        details: { tableNumbers: [1] },
      })
    expect((await act(seated.value.id, 'LEAVE', ownerId)).ok).toBe(true)
    expect(await callAt(phone, table.next)).toMatchObject({ ok: true })
    expect(await findContradictions()).toEqual([])
  })

  test('who sits at the table now does not keep it from being booked for later', async () => {
    const { scene, restaurantId, serviceDate, ownerId, slots } = await setUpEvening()
    const [table] = slots
    if (!table) throw new Error('a table was made')
    expect((await walkIn(scene, [table.running], ownerId)).ok).toBe(true)
    expect(await callAt({ restaurantId, serviceDate, ownerId }, table.next)).toMatchObject({
      ok: true,
    })
  })

  test('already-booked, by the guest or by the account with their confirmed address; staff may insist', async () => {
    const { call, booked, scene, dinerId } = await setUpPhone([
      { maxParty: 4 },
      { maxParty: 4 },
      { maxParty: 4 },
      { maxParty: 4 },
    ])
    await booked()
    expect(await call()).toEqual({ ok: false, reason: 'already-booked' })
    expect(await call({ override: true })).toMatchObject({ ok: true })
    expect((await bookAs(dinerId, scene)).ok).toBe(true)
    const [diner] = await database.query<{ email: string }>(
      'SELECT email FROM accounts WHERE id = $1',
      [dinerId],
    )
    const guest = { name: '손님', email: String(diner?.email) }
    expect(await call({ guest })).toEqual({ ok: false, reason: 'already-booked' })
    expect(await call({ guest, override: true })).toMatchObject({ ok: true })
    expect(await findContradictions()).toEqual([])
  })

  test('party-size; staff may insist, and set chairs', async () => {
    const { call } = await setUpPhone()
    expect(await call({ partySize: 5 })).toMatchObject({ reason: 'party-size' })
    expect(await call({ partySize: 3, tableNumbers: [1] })).toEqual({
      ok: false,
      reason: 'party-size',
      details: { seats: 2 },
    })
    expect(await call({ partySize: 5, override: true })).toMatchObject({
      value: { tableNumbers: [2] },
    })
  })

  test('past-time, closed-day, outside-hours, no-such-time, and a table that is not there', async () => {
    const { call, serviceDate, restaurantId, startsAt } = await setUpPhone()
    const later = new Date(Math.ceil(startsAt.getTime() / 60_000 + 1) * 60_000).toISOString()
    expect(await call({ startsAt: later })).toEqual({ ok: false, reason: 'outside-hours' })
    const unplanned = '2999-01-01'
    expect(await call({ serviceDate: unplanned, override: true })).toEqual({
      ok: false,
      reason: 'no-such-time',
    })
    const refused = (number: number) => ({
      ok: false,
      reason: 'no-such-table',
      details: { tableNumbers: [number] },
    })
    expect(await call({ tableNumbers: [1, 9] })).toEqual(refused(9))
    await database.query(`UPDATE restaurant_tables SET deleted_at = now() WHERE number = 2`)
    expect(await call({ tableNumbers: [2] })).toEqual(refused(2))
    await database.query('UPDATE service_dates SET closed = true WHERE restaurant_id = $1', [
      restaurantId,
    ])
    expect(await call()).toEqual({ ok: false, reason: 'closed-day' })
    expect(await call({ override: true })).toMatchObject({ ok: true })
    await database.query(
      `UPDATE slots SET starts_at = starts_at - interval '4 hours', ends_at = ends_at - interval '4 hours'`,
    )
    const past = new Date(startsAt.getTime() - 4 * 3_600_000).toISOString()
    expect(await call({ startsAt: past, tableNumbers: [1], serviceDate })).toEqual({
      ok: false,
      reason: 'past-time',
    })
  })

  test('not-open-yet: the tables of an announced opening are its draw’s, unless staff insist', async () => {
    const { call, restaurantId } = await setUpPhone()
    await createOpening({ restaurantId })
    expect(await call()).toMatchObject({ reason: 'not-open-yet' })
    expect(await call({ override: true })).toMatchObject({ ok: true })
    expect(
      await database.query(
        `SELECT details ->> 'override' AS insisted FROM audit_events WHERE act = 'BOOK'`,
      ),
    ).toEqual([{ insisted: 'true' }])
  })

  test('a phone that no country has, and staff of another restaurant', async () => {
    const { call, otherId } = await setUpPhone()
    expect(await call({ guest: { name: '손님', phone: '01012' } })).toMatchObject({
      reason: 'invalid',
      details: { fields: [{ field: 'guest.phone' }] },
    })
    expect(await call({ by: otherId })).toEqual({ ok: false, reason: 'not-found' })
  })
})

/** Books the slot's own time, for a new caller. */
async function callAt(
  {
    restaurantId,
    serviceDate,
    ownerId,
  }: { restaurantId: string; serviceDate: string; ownerId: string },
  slotId: string,
  change: object = {},
) {
  const [slot] = await database.query<{ startsAt: Date }>(
    'SELECT starts_at AS "startsAt" FROM slots WHERE id = $1',
    [slotId],
  )
  if (!slot) throw new Error('a slot was made')
  return bookForGuest({
    restaurantId,
    actor: actorOf(ownerId),
    later: noLater,
    request: {
      serviceDate,
      startsAt: slot.startsAt.toISOString(),
      partySize: 2,
      guest: newCaller(),
      source: 'PHONE',
      notify: false,
      ...change,
    },
  })
}

describe('taking it back, and asking again', () => {
  test('G6: an undo frees the tables and drops the mail', async () => {
    const { booked, staffId } = await setUpPhone()
    const made = await booked({ guest: newCaller({ email: newMailbox() }), notify: true })
    expect(await undoAct({ actId: made.actId, actor: actorOf(staffId) })).toMatchObject({
      value: { id: made.id, status: 'CANCELLED' },
    })
    expect(await database.query('SELECT 1 FROM slots WHERE taken')).toHaveLength(0)
    expect(await database.query(`SELECT DISTINCT state::text AS state FROM notices`)).toEqual([
      { state: 'DROPPED' },
    ])
    expect(await findContradictions()).toEqual([])
  })

  test('G4: the same key gets the first answer and causes nothing; another body is refused', async () => {
    const { call } = await setUpPhone()
    const key = randomUUID()
    const first = await call({ key })
    expect(await call({ key })).toEqual(first)
    expect(await call({ key, partySize: 3 })).toEqual({ ok: false, reason: 'key-reused' })
    expect(await database.query('SELECT 1 FROM reservations')).toHaveLength(1)
  })

  test('a cancelled one comes back, unless the guest has another to come by now', async () => {
    const { booked, ownerId } = await setUpPhone()
    const first = await booked()
    await move(first.id, 'CANCEL', ownerId)
    const second = await booked({ tableNumbers: [2] })
    expect(await move(first.id, 'CORRECT_CANCEL', ownerId)).toMatchObject({
      reason: 'already-booked',
    })
    await move(second.id, 'CANCEL', ownerId)
    expect(await move(first.id, 'CORRECT_CANCEL', ownerId)).toMatchObject({ ok: true })
    expect(await findContradictions()).toEqual([])
  })

  test('its party is seated and leaves like any other', async () => {
    const { booked, ownerId } = await setUpPhone()
    const { id } = await booked()
    expect(await act(id, 'SEAT', ownerId)).toMatchObject({ ok: true })
    expect(await act(id, 'LEAVE', ownerId)).toMatchObject({ ok: true })
    expect(await findContradictions()).toEqual([])
  })
})
