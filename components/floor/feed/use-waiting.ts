'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Repeating } from '@/components/ui/client/poll'
import type { TicketStatus } from '@/domain/line/types'
import { applyTicketStatus } from '@/domain/line/waiting.rules'
import type { Waiting } from '@/domain/line/waiting.types'
import type { Locale } from '@/lib/i18n/locale'
import { startWatchedFeed } from './watched-feed'

/**
 * Today's live line. The feed of the day beside it reports a lost network. An `initial` of null
 * means that the restaurant has no line.
 */
export function useWaiting({ initial, locale }: { initial: Waiting | null; locale: Locale }) {
  const [heard, setHeard] = useState<Waiting | null>(null)
  const feed = useRef<Repeating>(null)
  const restaurantId = initial?.restaurantId
  const pollAfterMs = initial?.pollAfterMs ?? 0
  useEffect(() => {
    if (!restaurantId) return
    const started = startWatchedFeed<Waiting>({
      url: `/api/v1/restaurants/${restaurantId}/line/tickets`,
      locale,
      pollAfterMs,
      // A late answer must not replace a newer one.
      onValue: (fresh) => setHeard((known) => (known && fresh.asOf < known.asOf ? known : fresh)),
    })
    feed.current = started
    return started.stop
  }, [restaurantId, pollAfterMs, locale])

  const waiting = initial && (heard ?? initial)
  const change = useCallback(
    (moved: { ticketId: string; status: TicketStatus }) =>
      setHeard((known) => {
        const before = known ?? initial
        return before && applyTicketStatus({ waiting: before, ...moved })
      }),
    [initial],
  )
  const refresh = useCallback(() => feed.current?.askNow(), [])
  return { waiting, change, refresh }
}
