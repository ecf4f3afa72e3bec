import { type Polled, poll, type Repeating } from '@/components/ui/client/poll'
import type { Locale } from '@/lib/i18n/locale'

/** Why the board stands still. */
export type Trouble = 'OFFLINE' | 'SIGNED_OUT' | 'NOT_STAFF'

/** Somebody waits at the door: sooner than elsewhere it is said that the board stands still. */
const PATIENCE_MS = 5_000

const troubleOf: Partial<Record<number, Trouble>> = { 401: 'SIGNED_OUT', 404: 'NOT_STAFF' }

/** Follows a day or a line as the staff see it; `pollAfterMs` after the reading the page came with. */
export function startWatchedFeed<T extends Polled>({
  url,
  locale,
  pollAfterMs,
  onValue,
  onTrouble,
}: {
  url: string
  locale: Locale
  pollAfterMs: number
  onValue: (value: T) => void
  onTrouble?: (trouble: Trouble) => void
}): Repeating {
  return poll<T>({
    url,
    locale,
    patienceMs: PATIENCE_MS,
    firstRestMs: pollAfterMs,
    // Signing in again or being listed again is done elsewhere.
    endsWith: (status) => troubleOf[status] !== undefined,
    onNews: ({ value }) => onValue(value),
    onFailure: (problem) => onTrouble?.(troubleOf[problem?.status ?? 0] ?? 'OFFLINE'),
  })
}
