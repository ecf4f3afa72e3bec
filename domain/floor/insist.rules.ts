import { isCorrection } from '@/domain/booking/rules'
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

/** The date itself is in the way. */
export const isOfDate = (reason: string) => reason === 'closed-day' || reason === 'not-open-yet'

/** A refused change as staff ask for it once more. */
export type InsistedChange = { reservationId: string; change: PlaceChange }

type Correction = Extract<QueuedWork, { kind: 'MOVE' }>

/** A refused act as staff ask for it once more: a change, or a correction. */
export type InsistedAct = InsistedChange | { reservationId: string; correction: Correction }

/** The act that insists on what was refused. Null: nobody can insist on it, or staff have. */
export function insistOn({
  work,
  reason,
  override = false,
}: {
  work: QueuedWork
  reason: string | null
  /** Staff insisted on the correction. */
  override?: boolean
}): InsistedAct | null {
  if (!canInsist(reason)) return null
  if (work.kind === 'MOVE' && isCorrection(work.act) && !override)
    return { reservationId: work.reservationId, correction: work }
  if (work.kind !== 'CHANGE' || work.change.override) return null
  const { reservationId, change } = work
  return { reservationId, change: { ...change, override: true } }
}
