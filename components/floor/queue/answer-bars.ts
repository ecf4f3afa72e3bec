import type { BookedForGuest } from '@/domain/booking/schema'
import { insistOn } from '@/domain/floor/insist.rules'
import { readOther } from '@/domain/floor/place-change.rules'
import { isDoneAlready, laneOf, type QueuedWork } from '@/domain/floor/queue.rules'
import type { Day } from '@/domain/floor/schema'
import type { FinalAnswer, PendingAct } from './act-sender'
import type { Bar, Subject } from './use-bars'

/** The database enforces the undo time; the bar only counts it down. */
export const UNDO_MS = 10_000
/** A shorter undo leaves no time to reach the button. */
const SHORTEST_UNDO_MS = 1_500

/** A ticket is identified by its number alone. */
const nobody = { name: null, walkIn: false, partySize: 0 }

/** The party or slot of an act, as far as the day on the screen knows it. */
export function describeSubject({
  day,
  work,
}: {
  day: Pick<Day, 'parties' | 'slots'>
  work: QueuedWork
}): Subject {
  if (work.kind === 'WALK_IN') {
    const party = { name: null, walkIn: true, partySize: work.partySize }
    const ofSlots = day.slots.filter(({ slotId }) => work.slotIds.includes(slotId))
    const numbers = work.tableNumbers ?? ofSlots.map(({ tableNumber }) => tableNumber)
    const tableNumbers = [...new Set(numbers)].toSorted((a, b) => a - b)
    return { work: 'WALK_IN', isUndo: false, party, ...(numbers.length > 0 && { tableNumbers }) }
  }
  if (work.kind === 'BLOCK') {
    const slot = day.slots.find(({ slotId }) => slotId === work.slotId)
    const done = work.isBlocked ? ('BLOCK' as const) : ('UNBLOCK' as const)
    return {
      work: done,
      isUndo: false,
      party: nobody,
      ...(slot && { tableNumber: slot.tableNumber }),
    }
  }
  if (work.kind === 'TICKET')
    return {
      work: `TICKET_${work.act}`,
      isUndo: false,
      party: nobody,
      ticketNumber: work.number,
      isUntold: !work.canBeTold,
    }
  const known = day.parties.find(({ reservationId }) => reservationId === work.reservationId)
  const party = known ?? nobody
  if (work.kind === 'UNDO') {
    const { undone, ticketNumber } = work
    return { work: undone, isUndo: true, party, ...(ticketNumber && { ticketNumber }) }
  }
  if (work.kind === 'LATE')
    return { work: 'LATE', isUndo: work.minutes === 0, party, lateMinutes: work.minutes }
  if (work.kind === 'MOVE') return { work: work.act, isUndo: false, party }
  const swapped = day.parties.find(({ reservationId }) => reservationId === work.change.swapWith)
  const changed = readOther({ change: work.change, party: known ?? null })
  return { work: 'CHANGE', isUndo: false, party, changed, ...(swapped && { swapped }) }
}

/** The bars for an act that has its answer. `nowMs` is the present by the database's clock. */
export function listAnswerBars({
  act,
  answer,
  subject,
  nowMs,
}: {
  act: PendingAct
  answer: FinalAnswer
  subject: Subject
  nowMs: number
}): Bar[] {
  const { work } = act
  const lane = laneOf(act)
  if (answer.kind === 'refused') {
    const id = work.kind === 'UNDO' ? work.actId : act.key
    const { present, reason, other, occupied, place, words } = answer
    if (place) {
      const isOther = work.kind === 'CHANGE' && work.change.swapWith === place.reservationId
      const party = (isOther && subject.swapped) || subject.party
      return [{ ...subject, party, id, lane, kind: 'CHANGED_MEANWHILE', place }]
    }
    if (present !== null && isDoneAlready({ work, reason, present }))
      return [{ ...subject, id, lane, kind: 'DONE_ALREADY', present }]
    const again = insistOn({ work, reason, override: act.override })
    const why = { words, reason, present, again, other, occupied }
    return [{ ...subject, id, lane, kind: 'REFUSED', ...why }]
  }
  if (work.kind === 'BLOCK' || work.kind === 'LATE')
    return [{ ...subject, id: act.key, kind: 'SETTLED' }]
  const { actId, undoUntil } = answer.value
  if (work.kind === 'CHANGE' && actId === null)
    return [{ ...subject, id: act.key, kind: 'UNCHANGED' }]
  const id = actId ?? act.key
  if (work.kind === 'UNDO') return [{ ...subject, id, kind: 'SETTLED' }]
  const leftMs = undoUntil && actId !== null ? Math.min(UNDO_MS, Date.parse(undoUntil) - nowMs) : 0
  const untilMs = nowMs + leftMs
  const isNoteLost = work.kind === 'WALK_IN' && work.hasNote && act.note === undefined
  return [
    ...(isNoteLost ? [{ ...subject, id: act.key, kind: 'CHECK_NOTE' as const }] : []),
    leftMs < SHORTEST_UNDO_MS
      ? { ...subject, id, kind: 'SETTLED' }
      : { ...subject, id, kind: 'DONE', act: answer.value, untilMs },
  ]
}

export type Booked = { booked: BookedForGuest; serviceDate: string; name: string }

/** The bar of a booking for a caller. It was answered before the panel closed: words about a guest never wait in a device. */
export function describeBooked({
  booked,
  serviceDate,
  name,
  nowMs,
}: Booked & { nowMs: number }): Bar {
  const { id, status, actId, undoUntil, partySize, startsAt } = booked
  return {
    work: 'BOOK',
    isUndo: false,
    party: { name, walkIn: false, partySize },
    booked: { at: startsAt, serviceDate },
    id: actId,
    kind: 'DONE',
    act: { id, status, actId, undoUntil },
    untilMs: Math.min(nowMs + UNDO_MS, Date.parse(undoUntil)),
  }
}
