'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Repeating } from '@/components/ui/client/poll'
import type { TicketStatus } from '@/domain/line/types'
import { applyTicketStatus } from '@/domain/line/waiting.rules'
import type { Waiting } from '@/domain/line/waiting.types'
import type { Locale } from '@/lib/i18n/locale'
import { startWatchedFeed } from './watched-feed'

/**
 * Today's line of a restaurant, live beside its day, which tells when there is no network.
 * `initial` null: it has none.
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
      // An answer that was overtaken by a newer one changes nothing.
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
