import { describe, expect, test } from 'vitest'
import type { ReservationAct } from '@/domain/booking/types'
import type { QueuedAct } from './queue.rules'
import {
  canTakeBack,
  isDoneAlready,
  isOutdated,
  listHeads,
  listMarked,
  projectParty,
  readQueuedAct,
} from './queue.rules'
import type { DayParty } from './schema'

function makeMove(reservationId: string, act: ReservationAct, wasSent = false): QueuedAct {
  return {
    key: `${reservationId} ${act}`,
    work: { kind: 'MOVE', reservationId, act },
    tappedAt: '2026-11-22T10:31:00.000Z',
    wasSent,
    override: false,
  }
}
const walkIn: QueuedAct = {
  key: 'w',
  work: { kind: 'WALK_IN', slotIds: ['s1', 's2'], partySize: 3, hasNote: true },
  tappedAt: '2026-11-22T10:31:00.000Z',
  wasSent: false,
  override: false,
}
const party: DayParty = {
  reservationId: 'a',
  status: 'CONFIRMED',
  partySize: 2,
  name: '김민수',
  phone: null,
  note: null,
  allergies: null,
  staffNote: null,
  entry: null,
  walkIn: false,
  startsAt: '2026-11-22T10:00:00.000Z',
  endsAt: '2026-11-22T12:00:00.000Z',
  holdExpiresAt: null,
  awaitsStaff: false,
  cancelledBy: null,
  arrivedAt: null,
  seatedAt: null,
  leftAt: null,
  sequence: 0,
  leftByDayCut: false,
  guest: null,
  source: null,
  minutesOver: 0,
  lateMinutes: null,
  minutesLate: 0,
  slotIds: ['s1'],
  tableNumbers: [1],
  acts: ['CANCEL', 'SEAT', 'NO_SHOW'],
}

describe('two tablets that wished the same', () => {
  const asked = { kind: 'MOVE' as const, reservationId: 'party', act: 'SEAT' as const }
  const told = { reason: 'cannot-move', present: 'SEATED' }

  test('had it done already, where the party is what the act makes of it', () => {
    expect(isDoneAlready({ work: asked, ...told })).toBe(true)
    expect(
      isDoneAlready({ work: { ...asked, act: 'ARRIVE' }, ...told, present: 'CONFIRMED' }),
    ).toBe(true)
    expect(isDoneAlready({ work: { ...asked, act: 'CORRECT_LEAVE' }, ...told })).toBe(true)
    const ticket = { kind: 'TICKET' as const, ticketId: 't', number: 1, slotIds: [] }
    const call = { ...ticket, act: 'CALL' as const, reason: null, canBeTold: true }
    expect(isDoneAlready({ work: call, ...told, present: 'CALLED' })).toBe(true)
  })

  test('did not, where they wished something else or the table was taken', () => {
    expect(isDoneAlready({ work: asked, ...told, present: 'CANCELLED' })).toBe(false)
    expect(isDoneAlready({ work: asked, reason: 'table-occupied', present: null })).toBe(false)
    expect(isDoneAlready({ work: { ...asked, act: 'NO_SHOW' }, ...told })).toBe(false)
  })
})

describe('acts waiting to be sent', () => {
  const seat = makeMove('a', 'SEAT')
  const leave = makeMove('a', 'LEAVE')
  const other = makeMove('b', 'SEAT')

  test('go in order for one party, and in parallel for several parties and for walk-ins', () => {
    const acts = [seat, makeMove('a', 'ARRIVE'), other, walkIn, { ...walkIn, key: 'v' }]
    expect(listHeads(acts)).toEqual([seat, other, walkIn, { ...walkIn, key: 'v' }])
  })

  test.each([
    ['a party that leaves', leave],
    ['a party that is cancelled', makeMove('c', 'CANCEL')],
    ['a party that sits by mistake', makeMove('c', 'CORRECT_SEAT')],
  ])('wait for a table that %s frees before they take one', (_, freeing) => {
    expect(listHeads([freeing, other, walkIn, makeMove('d', 'ARRIVE')])).toEqual([
      freeing,
      makeMove('d', 'ARRIVE'),
    ])
    expect(listHeads([other, freeing, walkIn])).toEqual([other, freeing])
  })

  test('are taken back last first, and never once they have left the device', () => {
    const acts = [seat, leave, other]
    expect(canTakeBack({ act: leave, acts })).toBe(true)
    expect(canTakeBack({ act: seat, acts })).toBe(false)
    expect(canTakeBack({ act: other, acts })).toBe(true)
    expect(canTakeBack({ act: makeMove('b', 'SEAT', true), acts })).toBe(false)
  })

  test('decide the next buttons, as far as the table of moves allows', () => {
    expect(projectParty({ party, acts: [] })).toBe(party)
    expect(projectParty({ party, acts: [other] })).toBe(party)
    expect(projectParty({ party, acts: [seat] })).toMatchObject({
      status: 'SEATED',
      acts: ['CANCEL', 'LEAVE', 'CORRECT_SEAT'],
    })
    expect(projectParty({ party, acts: [seat, leave] }).status).toBe('LEFT')
    expect(projectParty({ party, acts: [leave] })).toBe(party)
  })

  test('are dropped after half a day', () => {
    const tappedMs = Date.parse(seat.tappedAt)
    expect(isOutdated({ act: seat, nowMs: tappedMs + 12 * 3_600_000 })).toBe(false)
    expect(isOutdated({ act: seat, nowMs: tappedMs + 12 * 3_600_000 + 1 })).toBe(true)
  })
})

describe('acts stored on a device', () => {
  const undo: QueuedAct = {
    key: 'u',
    work: { kind: 'UNDO', reservationId: 'a', actId: 'x', undone: 'WALK_IN' },
    tappedAt: '2026-11-22T10:31:00.000Z',
    wasSent: true,
    override: false,
  }

  const block: QueuedAct = {
    key: 'b',
    tappedAt: '2026-11-22T10:31:00.000Z',
    wasSent: false,
    override: false,
    work: { kind: 'BLOCK', slotId: 's1', isBlocked: true },
  }

  const tablesNow: QueuedAct = {
    ...walkIn,
    key: 'n',
    work: { kind: 'WALK_IN', slotIds: [], tableNumbers: [3, 4], partySize: 6, hasNote: false },
  }

  test.each([makeMove('a', 'SEAT'), walkIn, tablesNow, undo, block])(
    'are read back unchanged: $key',
    (act) => {
      expect(readQueuedAct(JSON.stringify(act))).toEqual(act)
    },
  )

  test.each([
    '',
    'null',
    '[]',
    '{}',
    JSON.stringify({ ...undo, work: { kind: 'MOVE', reservationId: 'a', act: 'EAT' } }),
    JSON.stringify({ ...undo, work: { kind: 'WALK_IN', slotIds: 's1', partySize: 2 } }),
    JSON.stringify({ ...block, work: { kind: 'BLOCK', slotId: 's1', isBlocked: 'yes' } }),
    JSON.stringify({ ...undo, key: 7 }),
    JSON.stringify({ ...undo, tappedAt: null }),
  ])('%s can’t be sent', (text) => {
    expect(readQueuedAct(text)).toBeNull()
  })

  test('a call that a party is late is read back unchanged, and waits for its party’s acts', () => {
    const late: QueuedAct = {
      ...makeMove('a', 'SEAT'),
      key: 'late',
      work: { kind: 'LATE', reservationId: 'a', minutes: 15 },
    }
    expect(readQueuedAct(JSON.stringify(late))).toEqual(late)
    expect(listHeads([makeMove('a', 'ARRIVE'), late, makeMove('b', 'SEAT')])).toHaveLength(2)
    const nonsense = { ...late, work: { ...late.work, minutes: '15' } }
    expect(readQueuedAct(JSON.stringify(nonsense))).toBeNull()
  })

  test('an act on a ticket is read back unchanged, and waits for its own ticket’s acts only', () => {
    const call: QueuedAct = {
      key: 'c',
      work: {
        kind: 'TICKET',
        ticketId: 't1',
        number: 7,
        act: 'CALL',
        slotIds: [],
        reason: null,
        canBeTold: false,
      },
      tappedAt: '2026-11-22T10:31:00.000Z',
      wasSent: false,
      override: false,
    }
    expect(readQueuedAct(JSON.stringify(call))).toEqual(call)
    const undo: QueuedAct = {
      ...call,
      key: 'u',
      work: {
        kind: 'UNDO',
        reservationId: 't1',
        actId: 'e1',
        undone: 'TICKET_CALL',
        ticketNumber: 7,
      },
    }
    expect(readQueuedAct(JSON.stringify(undo))).toEqual(undo)
    expect(listHeads([call, undo, walkIn]).map(({ key }) => key)).toEqual(['c', 'w'])
    const foreign = { ...call, work: { ...call.work, act: 'EAT' } }
    expect(readQueuedAct(JSON.stringify(foreign))).toBeNull()
  })
})

describe('a change of place in the queue', () => {
  const change: QueuedAct = {
    ...makeMove('a', 'SEAT'),
    key: 'c',
    work: {
      kind: 'CHANGE',
      reservationId: 'a',
      change: { tableNumbers: [7], startsAt: '2026-11-22T11:00:00.000Z', override: true },
    },
  }
  const swap: QueuedAct = {
    ...change,
    work: {
      kind: 'CHANGE',
      reservationId: 'a',
      change: { swapWith: 'b', sequence: 2, swapSequence: 5 },
    },
  }

  test('is read again after a reload, a reason with its cancellation too', () => {
    const cancel: QueuedAct = {
      ...makeMove('a', 'CANCEL'),
      work: { kind: 'MOVE', reservationId: 'a', act: 'CANCEL', reason: '가스가 끊겼어요' },
    }
    for (const act of [change, swap, cancel])
      expect(readQueuedAct(JSON.stringify(act))).toEqual(act)
    const undo: QueuedAct = {
      ...change,
      work: { kind: 'UNDO', reservationId: 'a', actId: 'x', undone: 'CHANGE' },
    }
    expect(readQueuedAct(JSON.stringify(undo))).toEqual(undo)
  })

  test('that asks for nothing we know is dropped', () => {
    const odd = { ...change, work: { ...change.work, change: { colour: 'red' } } }
    expect(readQueuedAct(JSON.stringify(odd))).toBeNull()
  })

  test('goes in its party’s order, and a swap marks both parties', () => {
    expect(listHeads([makeMove('a', 'SEAT'), change])).toHaveLength(1)
    expect(listMarked(swap)).toEqual(['a', 'b'])
    expect(listMarked(change)).toEqual(['a'])
  })
})
