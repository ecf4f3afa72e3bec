import { beforeEach, describe, expect, test } from 'vitest'
import { saveCombinations } from '@/domain/restaurant/table-group.commands'
import { findContradictions } from '../support/booking-books'
import { actorOf, move } from '../support/booking-restaurant'
import { bookAs, createDinerIds } from '../support/booking-scene'
import { setUpCombined } from '../support/combined-scene'
import { useDatabase } from '../support/database'
import { newCaller } from '../support/guest-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const nine = (change: object = {}) => ({ guest: newCaller(), partySize: 9, ...change })

describe('a caller whose party is larger than any table', () => {
  test('gets the smallest combination that fits, as one reservation of all its tables', async () => {
    const { booked } = await setUpCombined()
    const made = await booked(nine())
    expect(made.tableNumbers).toEqual([2, 3, 4])
    const rows = await database.query(
      `SELECT v.party_size AS party, count(*)::int AS slots FROM reservations v
         JOIN reservation_slots c ON c.reservation_id = v.id GROUP BY v.id`,
    )
    expect(rows).toEqual([{ party: 9, slots: 3 }])
    expect(await findContradictions()).toEqual([])
  })

  test('gets the next one while a table of the first is taken, and is told when none is left', async () => {
    const { booked, call } = await setUpCombined()
    expect((await booked({ guest: newCaller(), partySize: 7 })).tableNumbers).toEqual([2, 3])
    expect((await booked({ guest: newCaller(), partySize: 8 })).tableNumbers).toEqual([4, 5])
    expect(await call(nine())).toEqual({ ok: false, reason: 'slot-taken' })
    expect(await database.query('SELECT 1 FROM slots WHERE taken')).toHaveLength(4)
    expect(await findContradictions()).toEqual([])
  })

  test('gives all tables back when it is cancelled', async () => {
    const { booked, ownerId } = await setUpCombined()
    const first = await booked(nine())
    await move(first.id, 'CANCEL', ownerId)
    expect((await booked(nine())).tableNumbers).toEqual([2, 3, 4])
  })

  test('is refused party-size where no combination is for so many, or for so few', async () => {
    const { call } = await setUpCombined()
    expect(await call(nine({ partySize: 13 }))).toEqual({ ok: false, reason: 'party-size' })
    expect(await call(nine({ partySize: 5 }))).toEqual({ ok: false, reason: 'party-size' })
  })

  test('gets no combination while a table alone fits', async () => {
    const { booked } = await setUpCombined()
    expect((await booked(nine({ partySize: 4 }))).tableNumbers).toEqual([2])
  })

  test('comes before a table that is too small, on which staff can insist', async () => {
    const { booked, restaurantId, ownerId } = await setUpCombined()
    expect((await booked(nine({ override: true }))).tableNumbers).toEqual([2, 3, 4])
    const asked = { restaurantId, version: null, actor: actorOf(ownerId) }
    await saveCombinations({ ...asked, combinations: [] })
    expect((await booked(nine({ override: true }))).tableNumbers).toEqual([5])
  })

  test('leaves diners what is theirs: they get single tables only', async () => {
    const { scene } = await setUpCombined()
    const [dinerId = ''] = await createDinerIds(1)
    expect(await bookAs(dinerId, scene, { partySize: 9 })).toMatchObject({ reason: 'party-size' })
  })
})
