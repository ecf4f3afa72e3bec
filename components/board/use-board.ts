'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Board } from '@/domain/board/types'
import { type BoardNews, followBoard } from './board-feed'

/** From this age on a page says of when its board is. */
const OLD_AFTER_MS = 5_000

export type LiveBoard = {
  /** The one the page came with until the first answer; null while another date is being asked for. */
  board: Board | null
  /** `first`: only the page's own so far. `live`: moments old. `old`: shown with its time. */
  state: 'first' | 'live' | 'old'
  /** When what is shown was true, by the database's clock. */
  asOfMs: number
  /** Nothing was ever heard for this date, and asking fails. */
  isUnreachable: boolean
  /** Add to this device's clock. */
  clockOffsetMs: number
  askNow: (delayMs?: number) => void
}

/** Follows the public board of a service date; `date` null is the restaurant's today. */
export function useBoard({
  restaurantId,
  date,
  initial,
}: {
  restaurantId: string
  date: string | null
  initial: Board | null
}): LiveBoard {
  const [heard, setHeard] = useState<{ date: string | null; news: BoardNews } | null>(null)
  const [failedDate, setFailedDate] = useState<string | null | undefined>()
  const feed = useRef<ReturnType<typeof followBoard>>(undefined)
  useEffect(() => {
    const query = date ? `?date=${date}` : ''
    feed.current = followBoard({
      url: `/api/v1/restaurants/${restaurantId}/board${query}`,
      onNews: (news) => {
        setHeard({ date, news })
        setFailedDate(undefined)
      },
      onFailure: () => setFailedDate(date),
    })
    return feed.current.stop
  }, [restaurantId, date])
  const askNow = useCallback((delayMs?: number) => feed.current?.askNow(delayMs), [])

  const news = heard && heard.date === date ? heard.news : null
  const isLate = useIsLate(news)
  const first = date === null ? initial : null
  const state = isLate || news?.isCurrent === false ? 'old' : 'live'
  return {
    board: news?.snapshot ?? first,
    state: news ? state : 'first',
    asOfMs: readAsOf({ news, first }),
    isUnreachable: failedDate === date && !news,
    clockOffsetMs: heard?.news.clockOffsetMs ?? 0,
    askNow,
  }
}

function readAsOf({ news, first }: { news: BoardNews | null; first: Board | null }): number {
  if (news?.isCurrent) return news.heardAtMs + news.clockOffsetMs
  const board = news?.snapshot ?? first
  return board ? Date.parse(board.asOf) : 0
}

/** Whether the next answer is overdue. Looks each second, but only a change renders. */
function useIsLate(news: BoardNews | null): boolean {
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
