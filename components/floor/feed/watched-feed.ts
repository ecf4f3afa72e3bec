import { type Polled, poll, type Repeating } from '@/components/ui/client/poll'
import type { Locale } from '@/lib/i18n/locale'

/** Why the board is not live. */
export type Trouble = 'OFFLINE' | 'SIGNED_OUT' | 'NOT_STAFF'

/** With guests at the door, staff learn sooner than other users that the board is not live. */
const PATIENCE_MS = 5_000

const troubleOf: Partial<Record<number, Trouble>> = { 401: 'SIGNED_OUT', 404: 'NOT_STAFF' }

/** Follows a day or a line as staff see it, starting `pollAfterMs` after the page's own reading. */
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
    // Polling cannot fix a sign-out or a lost staff right.
    endsWith: (status) => troubleOf[status] !== undefined,
    onNews: ({ value }) => onValue(value),
    onFailure: (problem) => onTrouble?.(troubleOf[problem?.status ?? 0] ?? 'OFFLINE'),
  })
}
