import type { ReservationStatus } from '@/domain/booking/types'
import type { DayParty } from './schema'

/** Whom staff still expect or have at a table. */
const onPaper: readonly ReservationStatus[] = ['HELD', 'CONFIRMED', 'SEATED']
const DIGITS = 4

/** The parties as the printed list of the evening has them: by time, then by table. */
export function listForPaper(parties: DayParty[]): DayParty[] {
  const firstTable = ({ tableNumbers }: DayParty) => Math.min(...tableNumbers, Infinity)
  return parties
    .filter(({ status }) => onPaper.includes(status))
    .toSorted(
      (a, b) => a.startsAt.localeCompare(b.startsAt) || (firstTable(a) < firstTable(b) ? -1 : 1),
    )
}

/** Enough to tell two guests apart; paper lies about, so the whole number is not on it. Null: none is known. */
export function endOfPhone(phone: string | null): string | null {
  const digits = (phone ?? '').replace(/\D/g, '')
  return digits.length < DIGITS ? null : digits.slice(-DIGITS)
}
