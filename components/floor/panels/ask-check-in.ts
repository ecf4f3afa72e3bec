import type { CheckIn } from '@/domain/floor/check-in.schema'
import type { Locale } from '@/lib/i18n/locale'

const PATIENCE_MS = 8_000

export type CheckInAnswer =
  | { kind: 'FOUND'; checkIn: CheckIn }
  | { kind: 'NOT_FOUND' | 'SIGNED_OUT' | 'OFFLINE' }

/** Where the reservation of a code stands that is not on this board. */
export async function askCheckIn({
  reservationId,
  locale,
}: {
  reservationId: string
  locale: Locale
}): Promise<CheckInAnswer> {
  try {
    const response = await fetch(`/api/v1/reservations/${reservationId}/check-in`, {
      headers: { 'accept-language': locale },
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (response.status === 404) return { kind: 'NOT_FOUND' }
    if (response.status === 401) return { kind: 'SIGNED_OUT' }
    if (!response.ok) return { kind: 'OFFLINE' }
    const checkIn: CheckIn = await response.json()
    return { kind: 'FOUND', checkIn }
  } catch {
    return { kind: 'OFFLINE' }
  }
}
