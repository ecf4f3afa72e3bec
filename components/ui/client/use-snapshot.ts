'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { type News, type Polled, poll, type Repeating } from './poll'
import { readSteadyMs } from './steady-clock'
import { useRenewal } from './use-renewal'
import { useReadAnew } from './use-server-now'

/** From this age on, a page shows the time of its snapshot. */
const OLD_AFTER_MS = 5_000

export type LiveSnapshot<T> = {
  /** The page's own snapshot until the first answer; null while another address loads. */
  snapshot: T | null
  /** `first`: only the page's own so far. `live`: moments old. `old`: shown with its time. */
  state: 'first' | 'live' | 'old'
  /** The instant that the snapshot describes, by the database's clock. */
  asOfMs: number
  /** The steady clock at the last answer; 0: there was none. */
  heardAtMs: number
  /** No answer has ever come from this address, and requests fail. */
  isUnreachable: boolean
  askNow: (delayMs?: number) => void
}

/**
 * Follows one public snapshot. `needsTime` must keep its identity. While it is not followed, the
 * last snapshot stays and counts as the page's own.
 */
export function useSnapshot<T extends Polled>({
  url,
  initial,
  needsTime,
  isFollowing = true,
}: {
  url: string
  /** Null: the page came without one. */
  initial: T | null
  needsTime?: (snapshot: T) => boolean
  isFollowing?: boolean
}): LiveSnapshot<T> {
  const [heard, setHeard] = useState<{ url: string; news: News<T> } | null>(null)
  const [failedUrl, setFailedUrl] = useState<string | null>(null)
  const polling = useRef<Repeating>(undefined)
  const renewIfGone = useRenewal()
  useEffect(() => {
    if (!isFollowing) return
    polling.current = poll<T>({
      url,
      credentials: 'omit',
      ...(needsTime && { needsTime }),
      onNews: (news) => {
        setHeard({ url, news })
        setFailedUrl(null)
      },
      onFailure: (problem) => {
        setFailedUrl(url)
        renewIfGone(problem)
      },
    })
    return polling.current.stop
  }, [url, needsTime, isFollowing, renewIfGone])
  const askNow = useCallback((delayMs?: number) => polling.current?.askNow(delayMs), [])

  const news = heard && heard.url === url ? heard.news : null
  const isLate = useIsLate(isFollowing ? news : null)
  const state = isLate || news?.isCurrent === false ? 'old' : 'live'
  return {
    snapshot: news?.value ?? initial,
    state: news ? state : 'first',
    asOfMs: news?.asOfMs ?? (initial ? Date.parse(initial.asOf) : 0),
    heardAtMs: news?.heardAtMs ?? 0,
    isUnreachable: failedUrl === url && !news,
    askNow,
  }
}

/** Whether the next answer is overdue. */
function useIsLate(news: News<Polled> | null): boolean {
  const { heardAtMs = null, value } = news ?? {}
  const limitMs = Math.max(OLD_AFTER_MS, (value?.pollAfterMs ?? 0) * 1.5 + 2_000)
  const read = useCallback(
    () => heardAtMs !== null && readSteadyMs() - heardAtMs > limitMs,
    [heardAtMs, limitMs],
  )
  return useReadAnew({ read, everyMs: 1_000 }) ?? false
}
