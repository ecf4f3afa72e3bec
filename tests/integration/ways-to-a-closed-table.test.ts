import { beforeEach, describe, expect, test } from 'vitest'
import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { undoAct } from '@/domain/booking/undo.commands'
import { seatWalkIn } from '@/domain/booking/walk-in.commands'
import { readTableClosures } from '@/domain/floor/table-closure.queries'
import { seatTicket } from '@/domain/line/seat.commands'
import { saveCombinations } from '@/domain/restaurant/table-group.commands'
import { pool } from '@/lib/db/database'
import { findContradictions } from '../support/booking-books'
import { actorOf, move } from '../support/booking-restaurant'
import { bookAs } from '../support/booking-scene'
import { type Cell, change, expectUntouched, toCell, toTime } from '../support/change-scene'
import { setUpClosing } from '../support/closure-scene'
import { useDatabase } from '../support/database'
import { act, correct } from '../support/floor-scene'
import { newCaller, noLater } from '../support/guest-scene'
import { askerOf, joinLine, setUpLine } from '../support/line-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

/** The first seating runs; the second table is closed at it and the next one. */
async function setUp(given: Parameters<typeof setUpClosing>[0] = {}) {
  const scene = await setUpClosing({ inMinutes: -10, ...given })
  const { restaurantId, ownerId, staffId, cellAt, numberOf, during } = scene
  const [shut, open] = [numberOf(1), numberOf(2)]
  const closeIt = () => scene.closed({ tableNumbers: [shut], ...during(0, 1) })
  const insisting = { override: true, tappedAt: new Date(Date.now() - 60_000).toISOString() }
  const walkIn = (request: object) =>
    seatWalkIn({
      restaurantId,
      request: { partySize: 2, ...insisting, ...request },
      actor: actorOf(staffId),
    })
  const call = (cell: Cell, asked: object = {}) =>
    bookForGuest({
      restaurantId,
      actor: actorOf(staffId),
      later: noLater,
      request: {
        serviceDate: cell.serviceDate,
        startsAt: cell.startsAt,
        partySize: 2,
        guest: newCaller(),
        source: 'PHONE',
        notify: false,
        override: true,
        ...asked,
      },
    })
  const book = ({ slotId, ...cell }: Cell, dinerId = scene.dinerId) =>
    bookAs(
      dinerId,
      { ...scene, ...cell, startsAt: new Date(cell.startsAt), slotIds: [] },
      { slotId },
    )
  const line = () => setUpLine({ restaurantId })
  const seatFromLine = async (ticketId: string, seats: object) =>
    seatTicket({ ticketId, asker: askerOf(ownerId), ...insisting, ...seats })
  return {
    ...scene,
    shut,
    open,
    closeIt,
    walkIn,
    call,
    book,
    line,
    seatFromLine,
    there: cellAt(0, 1, 1),
  }
}
type Scene = Awaited<ReturnType<typeof setUp>>

type Way = {
  name: string
  /** What is there before the table is closed, and then the way to it. */
  ready: (scene: Scene) => Promise<() => Promise<{ ok: boolean }>>
  /** Where the closed table is not named, another may be had instead. */
  reason?: string
}

const ways: Way[] = [
  {
    name: 'a diner books',
    ready:
      async ({ book, there }) =>
      () =>
        book(there),
  },
  {
    name: 'a diner changes the time to one at which only this table is free',
    ready: async (scene) => {
      const { bookCell, cellAt, dinerId, thirdId } = scene
      const party = await bookCell(cellAt(0, 1, 2))
      for (const [table, diner] of [
        [0, scene.otherId],
        [2, thirdId],
        [3, scene.ownerId],
      ] as const)
        await bookCell(cellAt(0, table, 1), diner)
      return () => change(party, toTime(cellAt(0, 1, 1)), dinerId, { scope: 'diner' })
    },
  },
  {
    name: 'a caller is booked at its seating, staff insisting',
    ready:
      async ({ call, there, shut }) =>
      () =>
        call(there, { tableNumbers: [shut] }),
  },
  {
    name: 'a caller is booked at a time of their own, staff insisting',
    ready:
      async ({ call, there, shut, minutesAfter }) =>
      () =>
        call(there, { tableNumbers: [shut], startsAt: minutesAfter(there, 15), minutes: 60 }),
  },
  {
    name: 'a caller gets it with an open one',
    ready:
      async ({ call, there, shut, open }) =>
      () =>
        call(there, { tableNumbers: [shut, open], partySize: 7 }),
  },
  {
    name: 'a caller gets a combination that it is part of',
    ready: async ({ call, there, shut, open, restaurantId, ownerId }) => {
      const combinations = [{ tableNumbers: [shut, open], minParty: 7, maxParty: 8 }]
      await saveCombinations({ restaurantId, version: null, combinations, actor: actorOf(ownerId) })
      return () => call(there, { partySize: 8, override: false })
    },
  },
  {
    name: 'a walk-in is seated at its seating',
    ready:
      async ({ walkIn, cellAt }) =>
      () =>
        walkIn({ slotIds: [cellAt(0, 1, 0).slotId] }),
  },
  {
    name: 'a walk-in is seated from now on',
    ready:
      async ({ walkIn, shut }) =>
      () =>
        walkIn({ tableNumbers: [shut], minutes: 45 }),
  },
  {
    name: 'a walk-in is seated at it and an open one',
    ready:
      async ({ walkIn, shut, open }) =>
      () =>
        walkIn({ tableNumbers: [shut, open], partySize: 7 }),
  },
  {
    name: 'a party in line is seated at its seating',
    ready: async ({ line, seatFromLine, cellAt }) => {
      const { id } = await joinLine(await line())
      return () => seatFromLine(id, { slotIds: [cellAt(0, 1, 0).slotId] })
    },
  },
  {
    name: 'a party in line is seated from now on',
    ready: async ({ line, seatFromLine, shut }) => {
      const { id } = await joinLine(await line())
      return () => seatFromLine(id, { tableNumbers: [shut] })
    },
  },
  {
    name: 'a party is moved to it',
    ready: async ({ bookCell, cellAt, staffId, there }) => {
      const party = await bookCell(cellAt(0, 2, 2))
      return () => change(party, { ...toCell(there), override: true }, staffId)
    },
  },
  {
    name: 'a party is moved to a time of its own there',
    ready: async ({ bookCell, cellAt, staffId, shut, there, minutesAfter }) => {
      const party = await bookCell(cellAt(0, 2, 2))
      const startsAt = minutesAfter(there, 15)
      return () =>
        change(party, { tableNumbers: [shut], startsAt, minutes: 60, override: true }, staffId)
    },
  },
  {
    name: 'a party gets it beside the table that it has',
    ready: async ({ bookCell, cellAt, staffId, shut, open }) => {
      const party = await bookCell(cellAt(0, 2, 1))
      return () => change(party, { tableNumbers: [open, shut], override: true }, staffId)
    },
  },
  {
    name: 'a party swaps with the one there',
    ready: async ({ bookCell, cellAt, staffId, otherId, there }) => {
      const party = await bookCell(cellAt(0, 2, 2))
      const swapWith = await bookCell(there, otherId)
      return () => change(party, { swapWith, override: true }, staffId)
    },
  },
  {
    name: 'the party there swaps with another',
    ready: async ({ bookCell, cellAt, staffId, otherId, there }) => {
      const party = await bookCell(there)
      const swapWith = await bookCell(cellAt(0, 2, 1), otherId)
      return () => change(party, { swapWith, override: true }, staffId)
    },
  },
  {
    name: 'a party off the plan swaps with one on it',
    ready: async ({ call, bookCell, cellAt, staffId, shut, there, minutesAfter }) => {
      const called = await call(there, {
        tableNumbers: [shut],
        startsAt: minutesAfter(there, 15),
        minutes: 60,
      })
      if (!called.ok) throw new Error(called.reason)
      const party = await bookCell(cellAt(0, 2, 1))
      return () => change(party, { swapWith: called.value.id, override: true }, staffId)
    },
  },
]

describe('a closed table takes nobody new, and the refusal changes nothing', () => {
  test.each(ways)('$name', async ({ ready }) => {
    const scene = await setUp()
    const goThere = await ready(scene)
    await scene.closeIt()
    const answer = await expectUntouched(goThere)
    expect(answer).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^(slot-taken|sold-out)$/),
    })
  })

  test.each(ways)('control: $name while the table is open', async ({ ready }) => {
    const goThere = await ready(await setUp())
    expect(await goThere()).toMatchObject({ ok: true })
    expect(await findContradictions()).toEqual([])
  })

  test('a caller who names no table gets another one', async () => {
    const scene = await setUp()
    await scene.closeIt()
    const called = await scene.call(scene.there, { partySize: 4 })
    expect(called).toMatchObject({ ok: true, value: { tableNumbers: [scene.open] } })
  })
})

describe('a closed table takes back its own', () => {
  const hold = (change = {}) => ({
    status: 'HELD' as const,
    holdExpiresAt: new Date(Date.now() + 60_000),
    ...change,
  })
  const namedThere = async ({ restaurantId, staffId }: Scene) => {
    const read = await readTableClosures({ restaurantId, accountId: staffId })
    if (!read.ok) throw new Error(read.reason)
    return read.value.flatMap(({ parties }) => parties.map(({ reservationId }) => reservationId))
  }
  type Own = {
    name: string
    ready: (scene: Scene) => Promise<{ party: string; back: () => Promise<{ ok: boolean }> }>
  }
  const owns: Own[] = [
    {
      name: 'a hold that its diner confirms',
      ready: async (scene) => {
        const party = await scene.bookCell(scene.there, scene.dinerId, hold())
        return { party, back: () => move(party, 'CONFIRM', scene.dinerId, 'diner') }
      },
    },
    {
      name: 'a hold that staff confirm',
      ready: async (scene) => {
        const party = await scene.bookCell(scene.there, scene.dinerId, hold())
        await pool.query('UPDATE reservations SET awaits_staff = true WHERE id = $1', [party])
        return { party, back: () => act(party, 'CONFIRM', scene.staffId) }
      },
    },
    {
      name: 'a party that comes',
      ready: async (scene) => {
        const party = await scene.bookCell(scene.cellAt(0, 1, 0))
        return { party, back: () => act(party, 'SEAT', scene.staffId) }
      },
    },
    {
      name: 'a party that sits again, because it had not left',
      ready: async (scene) => {
        const party = await scene.bookCell(scene.cellAt(0, 1, 0))
        for (const done of ['SEAT', 'LEAVE'] as const)
          expect((await act(party, done, scene.staffId)).ok).toBe(true)
        return { party, back: () => correct(party, 'SEATED', scene.staffId) }
      },
    },
    {
      name: 'a swap that is taken back',
      ready: async (scene) => {
        const { bookCell, cellAt, otherId, staffId, there } = scene
        const party = await bookCell(there)
        const swapWith = await bookCell(cellAt(0, 2, 1), otherId)
        const swapped = await change(party, { swapWith }, staffId)
        if (!swapped.ok || swapped.value.actId === null) throw new Error('no swap')
        const { actId } = swapped.value
        return { party, back: () => undoAct({ actId, actor: actorOf(staffId) }) }
      },
    },
  ]
  test.each(owns)('$name', async ({ ready }) => {
    const scene = await setUp()
    const { party, back } = await ready(scene)
    await scene.closeIt()
    expect(await back()).toMatchObject({ ok: true })
    expect(await namedThere(scene)).toContain(party)
    expect(await findContradictions()).toEqual([])
  })
})
