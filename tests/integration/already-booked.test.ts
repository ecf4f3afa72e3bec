import { beforeEach, describe, expect, test } from 'vitest'
import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { actorOf } from '../support/booking-restaurant'
import { type Cell, change, expectUntouched, setUpPlan, toCell } from '../support/change-scene'
import { useDatabase } from '../support/database'
import { newCaller, noLater } from '../support/guest-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

describe('staff move a party to a date on which it has another reservation', () => {
  test('a diner’s is refused and says which one is in the way; nobody can insist', async () => {
    const { cellAt, bookCell, ownerId } = await setUpPlan()
    const there = cellAt(1, 0, 1)
    const other = await bookCell(there)
    const id = await bookCell(cellAt(0, 1, 0))
    const refused = {
      reason: 'already-booked',
      details: {
        reservationId: other,
        startsAt: there.startsAt,
        tableNumbers: [there.tableNumber],
      },
    }
    const asked = toCell(cellAt(1, 1, 0))
    for (const override of [false, true])
      expect(
        await expectUntouched(() => change(id, { ...asked, override }, ownerId)),
      ).toMatchObject(refused)
  })

  test('so is a guest’s, unless staff insist', async () => {
    const { cellAt, restaurantId, ownerId } = await setUpPlan()
    const guest = newCaller()
    const call = async ({ serviceDate, startsAt, tableNumber }: Cell) => {
      const called = await bookForGuest({
        restaurantId,
        actor: actorOf(ownerId),
        later: noLater,
        request: {
          serviceDate,
          startsAt,
          partySize: 2,
          tableNumbers: [tableNumber],
          guest,
          source: 'PHONE',
          notify: false,
        },
      })
      if (!called.ok) throw new Error(called.reason)
      return called.value.id
    }
    const there = cellAt(1, 0, 1)
    const other = await call(there)
    const id = await call(cellAt(0, 1, 0))
    const asked = toCell(cellAt(1, 1, 0))
    expect(await expectUntouched(() => change(id, asked, ownerId))).toMatchObject({
      reason: 'already-booked',
      details: { reservationId: other, startsAt: there.startsAt },
    })
    expect(await change(id, { ...asked, override: true }, ownerId)).toMatchObject({ ok: true })
  })
})
