import type { PlaceChange, QueuedWork } from './queue.rules'

/** What staff may insist on, after they were told. */
const insistable = [
  'already-booked',
  'party-size',
  'closed-day',
  'not-open-yet',
  'outside-hours',
] as const

/** Whether staff can go on in spite of a refusal. */
export function canInsist(reason: string | null): boolean {
  return insistable.some((known) => known === reason)
}

/** A refused change as staff ask for it once more. */
export type InsistedChange = { reservationId: string; change: PlaceChange }

/** The change that insists on what was refused. Null: nobody can insist on it, or staff have. */
export function insistOn({
  work,
  reason,
}: {
  work: QueuedWork
  reason: string | null
}): InsistedChange | null {
  if (work.kind !== 'CHANGE' || work.change.override || !canInsist(reason)) return null
  const { reservationId, change } = work
  return { reservationId, change: { ...change, override: true } }
}
