import type { Locale } from '@/lib/i18n/locale'
import { type Answer, ask, type Problem } from './ask'
import { backOffMs, spreadMs } from './back-off'
import { serverClock } from './server-clock'

export type Repeating = {
  /** At once, or so much later; not while nobody looks. */
  askNow: (delayMs?: number) => void
  stop: () => void
}

/**
 * Does something again and again while somebody looks at the page, and at once when they or the
 * network come back. One at a time: what is begun anew stops the one before it, whose outcome would
 * show how things were earlier.
 */
export function repeat<T>({
  act,
  planRest,
  firstRestMs = 0,
  onReturn,
  onOffline,
}: {
  act: (stopper: AbortController) => Promise<T>
  /** How long to rest after it. Null: until somebody comes back. */
  planRest: (outcome: T) => number | null
  firstRestMs?: number | undefined
  onReturn?: () => void
  onOffline?: () => void
}): Repeating {
  let timer: ReturnType<typeof setTimeout> | undefined
  let current: AbortController | null = null
  let isAskedFor = false

  function plan(delayMs: number) {
    clearTimeout(timer)
    if (!document.hidden) timer = setTimeout(() => void run(), delayMs)
  }

  async function run() {
    isAskedFor = false
    current?.abort()
    const mine = new AbortController()
    current = mine
    const outcome = await act(mine)
    if (current !== mine) return
    current = null
    const restMs = planRest(outcome)
    // What was asked for meanwhile comes sooner.
    if (restMs !== null && !isAskedFor) plan(restMs)
  }

  function askNow(delayMs = 0) {
    isAskedFor = true
    plan(delayMs)
  }
  function look() {
    onReturn?.()
    askNow()
  }
  const lose = () => onOffline?.()

  document.addEventListener('visibilitychange', look)
  window.addEventListener('online', look)
  window.addEventListener('offline', lose)
  plan(firstRestMs)
  return {
    askNow,
    stop: () => {
      clearTimeout(timer)
      current?.abort()
      current = null
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('online', look)
      window.removeEventListener('offline', lose)
    },
  }
}

/** What is polled says of when it is, and when the server wants to be asked again. */
export type Polled = { asOf: string; pollAfterMs: number }

export type News<T> = {
  value: T
  /** Whether the server could read its database when it answered. */
  isCurrent: boolean
  /** By the steady clock. */
  heardAtMs: number
  /** When it was true, by the database's clock. */
  asOfMs: number
}

const LONGEST_REST_MS = 15_000
/** What an ETag ends with while the server shows something older because Postgres is away. */
const OLD = /-old"$/
const never = () => false

/** So that a crowd that came together does not stay together. */
const paceRest = ({ value: { pollAfterMs } }: News<Polled>) =>
  spreadMs({ waitMs: pollAfterMs, jitter: Math.random() })

/**
 * Follows one address: asks again when the server says so, plus jitter, and backs off while nobody
 * answers. Each answer teaches the server's clock; none has to be a 304.
 */
export function poll<T extends Polled>({
  firstRestMs,
  needsTime = never,
  endsWith = never,
  planRestMs = paceRest,
  onNews,
  onFailure,
  ...question
}: {
  url: string
  /** In which language, and with the cookie, unless `credentials` says otherwise. */
  locale?: Locale
  credentials?: 'omit'
  patienceMs?: number
  read?: (response: Response) => Promise<T>
  firstRestMs?: number
  /** While a countdown runs each answer should tell the time, and an unchanged one may not. */
  needsTime?: (value: T) => boolean
  /** Statuses after which only coming back to the page asks again. */
  endsWith?: (status: number) => boolean
  planRestMs?: (news: News<T>) => number
  onNews: (news: News<T>) => void
  /** Null: no answer, or no network. */
  onFailure?: (problem: Problem | null) => void
}): Repeating {
  let last: News<T> | null = null
  let etag: string | null = null
  let failures = 0

  function readNews(answer: Answer<T>): News<T> | null {
    if (answer.kind === 'problem' || answer.kind === 'lost') return null
    const known = answer.kind === 'value' ? answer.value : last?.value
    if (!known) return null
    const { headers, askedAtMs, heardAtMs } = answer
    const asOf = answer.kind === 'value' ? known.asOf : headers.get('as-of')
    if (asOf !== null) serverClock.learn({ toldMs: Date.parse(asOf), askedAtMs, heardAtMs })
    const tag = answer.kind === 'value' ? headers.get('etag') : etag
    const value = asOf === null ? known : { ...known, asOf }
    etag = needsTime(value) ? null : tag
    const isCurrent = !OLD.test(tag ?? '')
    const asOfMs = isCurrent ? serverClock.readMs() : Date.parse(value.asOf)
    return { value, isCurrent, heardAtMs, asOfMs: asOfMs ?? 0 }
  }

  function hear(answer: Answer<T>): number | null {
    const news = readNews(answer)
    if (!news) return fail(answer.kind === 'problem' ? answer.problem : null)
    failures = 0
    last = news
    onNews(news)
    return planRestMs(news)
  }

  function fail(problem: Problem | null): number | null {
    failures += 1
    onFailure?.(problem)
    if (problem && endsWith(problem.status)) return null
    const restMs = backOffMs({ tries: failures, longestMs: LONGEST_REST_MS })
    const waitMs = Math.max(restMs, problem?.retryAfterMs ?? 0)
    return spreadMs({ waitMs, jitter: Math.random() })
  }

  return repeat({
    act: (stopper) =>
      ask<T>({
        ...question,
        ...(etag !== null && { headers: { 'if-none-match': etag } }),
        stopper,
      }),
    planRest: hear,
    firstRestMs,
    // What is shown is old, and the steady clock may have slept: the answer has to tell the time.
    onReturn: () => {
      etag = null
    },
    onOffline: () => onFailure?.(null),
  })
}
