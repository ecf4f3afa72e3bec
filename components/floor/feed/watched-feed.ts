import type { Problem } from '@/components/ui/client/ask'
import { type Polled, poll, type Repeating } from '@/components/ui/client/poll'
import type { Locale } from '@/lib/i18n/locale'

/** Why the board is not live. */
export type Trouble = 'OFFLINE' | 'SIGNED_OUT' | 'NOT_STAFF'

/** With guests at the door, staff learn sooner than other users that the board is not live. */
const PATIENCE_MS = 5_000

const troubles: Partial<Record<number, Trouble>> = { 401: 'SIGNED_OUT', 404: 'NOT_STAFF' }

/** A gateway's own 404 says nothing about anybody's rights. */
function nameTrouble(problem: Problem | null): Trouble {
  const isOfService = problem !== null && problem.reason !== null
  return (isOfService && troubles[problem.status]) || 'OFFLINE'
}

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
    endsWith: (problem) => nameTrouble(problem) !== 'OFFLINE',
    onNews: ({ value }) => onValue(value),
    onFailure: (problem) => onTrouble?.(nameTrouble(problem)),
  })
}
