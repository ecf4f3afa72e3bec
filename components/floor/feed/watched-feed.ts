import type { Problem } from '@/components/ui/client/ask'
import { spreadMs } from '@/components/ui/client/back-off'
import { type Polled, poll, type Repeating } from '@/components/ui/client/poll'
import { readSteadyMs } from '@/components/ui/client/steady-clock'
import type { Locale } from '@/lib/i18n/locale'

/** Why the board is not live. */
export type Trouble = 'OFFLINE' | 'SIGNED_OUT' | 'NOT_STAFF'

/** With guests at the door, staff learn sooner than other users that the board is not live. */
const PATIENCE_MS = 5_000

/** A board that nobody has touched and nothing has changed on for so long asks less often. */
const CALM_AFTER_MS = 5 * 60_000
const CALM_REST_MS = 4_000
const TOUCHES = ['pointerdown', 'keydown'] as const

const troubles: Partial<Record<number, Trouble>> = { 401: 'SIGNED_OUT', 404: 'NOT_STAFF' }

/** A gateway's own 404 says nothing about anybody's rights. */
function nameTrouble(problem: Problem | null): Trouble {
  const isOfService = problem !== null && problem.reason !== null
  return (isOfService && troubles[problem.status]) || 'OFFLINE'
}

/**
 * Follows a day or a line as staff see it, starting `pollAfterMs` after the page's own reading. An evening
 * has long hours in which nothing happens: then it asks every few seconds, until somebody touches the
 * board, who sees it as it is.
 */
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
  let busyAtMs = readSteadyMs()
  const isCalm = () => readSteadyMs() - busyAtMs > CALM_AFTER_MS
  const feed = poll<T>({
    url,
    locale,
    patienceMs: PATIENCE_MS,
    firstRestMs: pollAfterMs,
    // Polling cannot fix a sign-out or a lost staff right.
    endsWith: (problem) => nameTrouble(problem) !== 'OFFLINE',
    planRestMs: ({ value }) =>
      spreadMs({
        waitMs: isCalm() ? Math.max(CALM_REST_MS, value.pollAfterMs) : value.pollAfterMs,
        jitter: Math.random(),
      }),
    onNews: ({ value, isNew }) => {
      if (isNew) busyAtMs = readSteadyMs()
      onValue(value)
    },
    onFailure: (problem) => onTrouble?.(nameTrouble(problem)),
  })
  function touch() {
    if (isCalm()) feed.askNow()
    busyAtMs = readSteadyMs()
  }
  for (const kind of TOUCHES) window.addEventListener(kind, touch)
  return {
    ...feed,
    stop: () => {
      for (const kind of TOUCHES) window.removeEventListener(kind, touch)
      feed.stop()
    },
  }
}
