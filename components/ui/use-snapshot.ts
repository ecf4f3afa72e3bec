'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { followSnapshot, type SnapshotNews } from './snapshot-feed'

/** From this age on a page says of when its snapshot is. */
const OLD_AFTER_MS = 5_000

type Snapshot = { asOf: string; pollAfterMs: number }

export type LiveSnapshot<T> = {
  /** The one the page came with until the first answer; null while another one is being asked for. */
  snapshot: T | null
  /** `first`: only the page's own so far. `live`: moments old. `old`: shown with its time. */
  state: 'first' | 'live' | 'old'
  /** When what is shown was true, by the database's clock. */
  asOfMs: number
  /** This device's clock at the last answer; 0: there was none. */
  heardAtMs: number
  /** Nothing was ever heard from this address, and asking fails. */
  isUnreachable: boolean
  /** Add to this device's clock. */
  clockOffsetMs: number
  askNow: (delayMs?: number) => void
}

/**
 * Follows one public snapshot. `needsTime` has to stay the same function. While it is not followed,
 * what was heard last stays, and counts as the page's own.
 */
export function useSnapshot<T extends Snapshot>({
  url,
  initial,
  needsTime,
  isFollowing = true,
}: {
  url: string
  /** Null: the page came without one. */
  initial: T | null
  needsTime: (snapshot: T) => boolean
  isFollowing?: boolean
}): LiveSnapshot<T> {
  const [heard, setHeard] = useState<{ url: string; news: SnapshotNews<T> } | null>(null)
  const [failedUrl, setFailedUrl] = useState<string | null>(null)
  const feed = useRef<ReturnType<typeof followSnapshot>>(undefined)
  useEffect(() => {
    if (!isFollowing) return
    feed.current = followSnapshot<T>({
      url,
      onNews: (news) => {
        setHeard({ url, news })
        setFailedUrl(null)
      },
      onFailure: () => setFailedUrl(url),
      needsTime,
    })
    return feed.current.stop
  }, [url, needsTime, isFollowing])
  const askNow = useCallback((delayMs?: number) => feed.current?.askNow(delayMs), [])

  const news = heard && heard.url === url ? heard.news : null
  const isLate = useIsLate(isFollowing ? news : null)
  const state = isLate || news?.isCurrent === false ? 'old' : 'live'
  return {
    snapshot: news?.snapshot ?? initial,
    state: news ? state : 'first',
    asOfMs: readAsOf({ news, initial }),
    heardAtMs: news?.heardAtMs ?? 0,
    isUnreachable: failedUrl === url && !news,
    clockOffsetMs: heard?.news.clockOffsetMs ?? 0,
    askNow,
  }
}

function readAsOf<T extends Snapshot>({
  news,
  initial,
}: {
  news: SnapshotNews<T> | null
  initial: T | null
}): number {
  if (news?.isCurrent) return news.heardAtMs + news.clockOffsetMs
  const shown = news?.snapshot ?? initial
  return shown ? Date.parse(shown.asOf) : 0
}

/** Whether the next answer is overdue. Looks each second, but only a change renders. */
function useIsLate<T extends Snapshot>(news: SnapshotNews<T> | null): boolean {
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    if (!news) return setIsLate(false)
    const limitMs = Math.max(OLD_AFTER_MS, news.snapshot.pollAfterMs * 1.5 + 2_000)
    const look = () => setIsLate(Date.now() - news.heardAtMs > limitMs)
    look()
    const timer = setInterval(look, 1_000)
    return () => clearInterval(timer)
  }, [news])
  return isLate
}
