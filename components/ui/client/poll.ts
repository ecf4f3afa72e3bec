import type { Locale } from '@/lib/i18n/locale'
import { type Answer, ask, type Problem } from './ask'
import { backOffMs, spreadMs } from './back-off'
import { serverClock } from './server-clock'

export type Repeating = {
  /** Runs at once or after a delay, but not while the page is hidden. */
  askNow: (delayMs?: number) => void
  stop: () => void
}

/**
 * Repeats an act while the page is visible, and at once when the visitor or the network returns.
 * Only one runs at a time: a new run stops the one before, whose outcome would be older.
 */
export function repeat<T>({
  act,
  planRest,
  firstRestMs = 0,
  onReturn,
  onOffline,
}: {
  act: (stopper: AbortController) => Promise<T>
  /** The rest after an outcome. Null: rest until the visitor comes back. */
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
    // A request made meanwhile takes precedence.
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

/** A polled answer carries its own time, and when the server wants the next request. */
export type Polled = { asOf: string; pollAfterMs: number }

export type News<T> = {
  value: T
  /** False: the server says that nothing has changed. */
  isNew: boolean
  /** Whether the server could read its database when it answered. */
  isCurrent: boolean
  /** By the steady clock. */
  heardAtMs: number
  /** The instant the answer describes, by the database's clock. */
  asOfMs: number
}

const LONGEST_REST_MS = 15_000
/** The end of an ETag while Postgres is away and the server shows an older state. */
const OLD = /-old"$/
const never = () => false

/** Jitter, so that a crowd that arrived together does not keep asking together. */
const paceRest = ({ value: { pollAfterMs } }: News<Polled>) =>
  spreadMs({ waitMs: pollAfterMs, jitter: Math.random() })

/**
 * Polls one address: asks again when the server says so, plus jitter, and backs off while answers
 * fail. Each answer updates the server's clock; none has to be a 304.
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
  /** The language of the request, which carries the cookie unless `credentials` says otherwise. */
  locale?: Locale
  credentials?: 'omit'
  patienceMs?: number
  read?: (response: Response) => Promise<T>
  firstRestMs?: number
  /** During a countdown each answer should carry the time, which an unchanged one may lack. */
  needsTime?: (value: T) => boolean
  /** Refusals after which polling resumes only when the visitor comes back. */
  endsWith?: (problem: Problem) => boolean
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
    const isNew = answer.kind === 'value'
    return { value, isNew, isCurrent, heardAtMs, asOfMs: asOfMs ?? 0 }
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
    if (problem && endsWith(problem)) return null
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
    // The shown state is old and the steady clock may have slept, so the answer has to carry the
    // time.
    onReturn: () => {
      etag = null
    },
    onOffline: () => onFailure?.(null),
  })
}
