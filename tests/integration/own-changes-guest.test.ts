import { beforeEach, describe, expect, test } from 'vitest'
import { noteBoardChanged } from '@/domain/availability/board.commands'
import { changeByLink, changeReservation } from '@/domain/booking/change.commands'
import type { OwnChange } from '@/domain/booking/change.schema'
import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { undoAct } from '@/domain/booking/undo.commands'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { signTurn } from '@/lib/crypto/receipt'
import { findContradictions } from '../support/booking-books'
import { actorOf } from '../support/booking-restaurant'
import {
  type Cell,
  change,
  expectUntouched,
  findHalfChanged,
  readPlaces,
  setUpPlan,
  toCell,
  toTime,
} from '../support/change-scene'
import { useDatabase } from '../support/database'
import { newCaller, newMailbox, noLater } from '../support/guest-scene'
import { createOpening } from '../support/opening-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const set = (restaurantId: string, sql: string) =>
  database.query(`UPDATE restaurants SET ${sql} WHERE id = $1`, [restaurantId])

describe('a guest whom staff booked for', () => {
  async function setUpGuest() {
    const plan = await setUpPlan()
    const { restaurantId, ownerId, cellAt } = plan
    const email = newMailbox()
    const cell = cellAt(0, 1, 0)
    const called = await bookForGuest({
      restaurantId,
      actor: { accountId: ownerId, address: null },
      later: noLater,
      request: {
        serviceDate: cell.serviceDate,
        startsAt: cell.startsAt,
        partySize: 2,
        tableNumbers: [cell.tableNumber],
        guest: newCaller({ email }),
        source: 'PHONE',
        notify: true,
      },
    })
    if (!called.ok) throw new Error(called.reason)
    const { id } = called.value
    const token = signMailboxLink({ kind: 'cancel', id, mailbox: email })
    const byLink = (asked: OwnChange) =>
      changeByLink({ token, change: asked, address: null, later: noLater })
    return { ...plan, id, email, byLink }
  }

  test('G22: changes date, time, size and note by the mailed link, and is told old and new', async () => {
    const { id, email, byLink, cellAt } = await setUpGuest()
    expect(await byLink({ ...toTime(cellAt(1, 0, 1)), note: '창가로요' })).toMatchObject({
      ok: true,
    })
    expect(await readPlaces()).toEqual({ [cellAt(1, 0, 1).slotId]: id })
    expect(
      await database.query(
        `SELECT recipient, payload -> 'before' ->> 'startsAt' AS "before" FROM notices
          WHERE kind = 'RESERVATION_CHANGED' AND channel = 'MAIL'`,
      ),
    ).toEqual([{ recipient: email, before: cellAt(0, 1, 0).startsAt }])
    expect(await findHalfChanged()).toEqual([])
    expect(await findContradictions()).toEqual([])
  })

  test.each([
    ['switched off', 'bookings-off'],
    ['unpublished', 'bookings-off'],
    ['same day only', 'not-today'],
    ['beyond the horizon', 'beyond-horizon'],
    ['a closed date', 'closed-day'],
    ['before its opening', 'not-open-yet'],
    ['behind a gate, where a guest has no turn', 'no-turn'],
    ['every table taken', 'sold-out'],
  ])('G22: through every check of a booking: %s', async (name, reason) => {
    const { restaurantId, byLink, bookCell, cellAt, dinerId, otherId, thirdId } = await setUpGuest()
    if (name === 'switched off') await set(restaurantId, 'bookings_on = false')
    if (name === 'beyond the horizon') await set(restaurantId, 'horizon_days = 0')
    if (name === 'unpublished') await set(restaurantId, 'published = false')
    if (name === 'same day only') await set(restaurantId, 'same_day_only = true')
    if (reason === 'closed-day')
      await database.query('UPDATE service_dates SET closed = true WHERE service_date = $1', [
        cellAt(1, 0, 0).serviceDate,
      ])
    if (reason === 'not-open-yet')
      await createOpening({ restaurantId, daysAhead: 1, opensInMinutes: 30 })
    if (reason === 'no-turn')
      await createOpening({ restaurantId, daysAhead: 1, opensInMinutes: -10 })
    if (reason === 'sold-out')
      for (const [table, diner] of [dinerId, otherId, thirdId].entries())
        await bookCell(cellAt(1, table, 0), diner)
    const answer = await expectUntouched(() => byLink(toTime(cellAt(1, 1, 0))))
    expect(answer).toMatchObject({ reason })
  })

  test('G22: an account with the guest’s confirmed address changes it as its own, and no other', async () => {
    const { id, email, dinerId, otherId, cellAt } = await setUpGuest()
    const own = (accountId: string) => change(id, toTime(cellAt(0, 0, 2)), accountId)
    expect(await own(dinerId)).toMatchObject({ reason: 'not-found' })
    await database.query('UPDATE accounts SET email = $1 WHERE id = $2', [email, dinerId])
    expect(await own(otherId)).toMatchObject({ reason: 'not-found' })
    expect(await change(id, { minutes: 90 }, dinerId)).toMatchObject({ reason: 'invalid' })
    expect(await own(dinerId)).toMatchObject({ ok: true, value: { actId: null } })
  })

  /** A second booking of the same guest, on another date or beside the first. */
  async function bookAgain(
    { id, restaurantId, ownerId }: Awaited<ReturnType<typeof setUpGuest>>,
    cell: Cell,
  ): Promise<{ id: string; byLink: (asked: OwnChange) => ReturnType<typeof changeByLink> }> {
    const [guest] = await database.query<{ id: string; email: string }>(
      'SELECT g.id, g.email FROM guests g JOIN reservations v ON v.guest_id = g.id WHERE v.id = $1',
      [id],
    )
    if (!guest) throw new Error('no guest')
    const again = await bookForGuest({
      restaurantId,
      actor: actorOf(ownerId),
      later: noLater,
      request: {
        ...toCell(cell),
        partySize: 2,
        guest: { id: guest.id },
        source: 'PHONE',
        notify: true,
        override: true,
      },
    })
    if (!again.ok) throw new Error(again.reason)
    const token = signMailboxLink({ kind: 'cancel', id: again.value.id, mailbox: guest.email })
    const byLink = (asked: OwnChange) =>
      changeByLink({ token, change: asked, address: null, later: noLater })
    return { id: again.value.id, byLink }
  }
  const isExtra = async (id: string) =>
    (await database.query('SELECT is_extra FROM reservations WHERE id = $1', [id]))[0]?.is_extra

  test('G12: an account’s turn takes no guest’s reservation behind a gate beside its own', async () => {
    const { id, email, dinerId, restaurantId, cellAt } = await setUpGuest()
    await database.query('UPDATE accounts SET email = $1 WHERE id = $2', [email, dinerId])
    const { openingId } = await createOpening({ restaurantId, daysAhead: 1, opensInMinutes: -10 })
    const expiresAtMs = Date.now() + 60_000
    const turn = `${openingId}.${signTurn({ openingId, accountId: dinerId, expiresAtMs })}`
    const answer = await expectUntouched(() =>
      changeReservation({
        reservationId: id,
        change: toTime(cellAt(1, 0, 0)),
        actor: actorOf(dinerId),
        scope: 'diner',
        turn,
        later: noLater,
      }),
    )
    expect(answer).toMatchObject({ reason: 'no-turn' })
  })

  test('G2: a reservation beside another moves by link to no date on which its guest has one', async () => {
    const made = await setUpGuest()
    const extra = await bookAgain(made, made.cellAt(0, 2, 0))
    await bookAgain(made, made.cellAt(1, 2, 0))
    expect(await isExtra(extra.id)).toBe(true)
    const { cellAt } = made
    expect(await expectUntouched(() => extra.byLink(toTime(cellAt(1, 1, 0))))).toMatchObject({
      reason: 'already-booked',
    })
  })

  test('G2: a reservation beside another is an ordinary one on a date of its own', async () => {
    const made = await setUpGuest()
    const { cellAt } = made
    const extra = await bookAgain(made, cellAt(0, 2, 0))
    expect(await extra.byLink(toTime(cellAt(1, 1, 0)))).toMatchObject({ ok: true })
    expect(await isExtra(extra.id)).toBe(false)
    expect(await made.byLink(toTime(cellAt(1, 1, 1)))).toMatchObject({ reason: 'already-booked' })
  })

  test('G2: a guest with an account moves by link to no date on which the account has one', async () => {
    const { byLink, email, dinerId, bookCell, cellAt } = await setUpGuest()
    await database.query('UPDATE accounts SET email = $1 WHERE id = $2', [email, dinerId])
    await bookCell(cellAt(1, 2, 2), dinerId)
    expect(await expectUntouched(() => byLink(toTime(cellAt(1, 1, 0))))).toMatchObject({
      reason: 'already-booked',
    })
  })

  test('G2: staff insist on a date on which the guest’s account has one; the undo restores it', async () => {
    const { id, email, dinerId, ownerId, bookCell, cellAt } = await setUpGuest()
    await database.query('UPDATE accounts SET email = $1 WHERE id = $2', [email, dinerId])
    await bookCell(cellAt(1, 2, 2), dinerId)
    const there = toCell(cellAt(1, 1, 0))
    expect(await expectUntouched(() => change(id, there, ownerId))).toMatchObject({
      reason: 'already-booked',
    })
    const moved = await change(id, { ...there, override: true }, ownerId)
    expect(moved).toMatchObject({ ok: true })
    expect(await isExtra(id)).toBe(true)
    const actId = (moved.ok && moved.value.actId) || ''
    expect(await undoAct({ actId, actor: actorOf(ownerId) })).toMatchObject({ ok: true })
    expect(await isExtra(id)).toBe(false)
    expect(await findContradictions()).toEqual([])
  })

  test('G22: a guest changes the size on a full evening, whatever the hint says', async () => {
    const { id, byLink, bookCell, cellAt, dinerId, otherId, restaurantId } = await setUpGuest()
    await bookCell(cellAt(0, 0, 0), dinerId)
    await bookCell(cellAt(0, 2, 0), otherId)
    await noteBoardChanged({ restaurantId, serviceDate: cellAt(0, 0, 0).serviceDate })
    expect(await byLink({ partySize: 3 })).toMatchObject({ ok: true, value: { partySize: 3 } })
    expect(await readPlaces()).toMatchObject({ [cellAt(0, 1, 0).slotId]: id })
  })

  test('G22: staff move a guest, but not onto a date on which that guest comes already', async () => {
    const { id, ownerId, cellAt } = await setUpGuest()
    expect(await change(id, toCell(cellAt(1, 2, 0)), ownerId)).toMatchObject({ ok: true })
    await database.query(
      `INSERT INTO reservations (restaurant_id, service_date, starts_at, ends_at, party_size, guest_id, status, source)
       SELECT restaurant_id, $1::date, starts_at, ends_at, 2, guest_id, 'CONFIRMED', 'PHONE' FROM reservations WHERE id = $2`,
      [cellAt(0, 0, 0).serviceDate, id],
    )
    expect(await change(id, toCell(cellAt(0, 2, 2)), ownerId)).toMatchObject({
      reason: 'already-booked',
    })
  })
})
