import { ask } from '@/components/ui/client/ask'
import type { CheckIn } from '@/domain/floor/check-in.schema'
import type { Locale } from '@/lib/i18n/locale'

export type CheckInAnswer =
  | { kind: 'FOUND'; checkIn: CheckIn }
  | { kind: 'NOT_FOUND' | 'SIGNED_OUT' | 'OFFLINE' }

/** Finds the reservation behind a code that is not on this board. */
export async function askCheckIn({
  reservationId,
  locale,
}: {
  reservationId: string
  locale: Locale
}): Promise<CheckInAnswer> {
  const url = `/api/v1/reservations/${reservationId}/check-in`
  const answer = await ask<CheckIn>({ url, locale })
  if (answer.kind === 'value') return { kind: 'FOUND', checkIn: answer.value }
  const status = answer.kind === 'problem' ? answer.problem.status : null
  if (status === 404) return { kind: 'NOT_FOUND' }
  return { kind: status === 401 ? 'SIGNED_OUT' : 'OFFLINE' }
}
