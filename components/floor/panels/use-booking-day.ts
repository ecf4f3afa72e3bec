'use client'

import { useEffect, useState } from 'react'
import { startWatchedFeed } from '@/components/floor/feed/watched-feed'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { isWithinReach } from '@/domain/floor/phone.rules'
import type { Day } from '@/domain/floor/schema'

/** The tables of the date that a caller asks for. */
export type BookingDay =
  | { state: 'READY'; day: Pick<Day, 'tables' | 'slots' | 'combinations'> }
  | { state: 'OUT_OF_REACH' | 'LOADING' | 'FAILED' }

type Read = { date: string; day: Day | null; isFailed: boolean }

/**
 * The board's own date as it stands on the board; any other is followed while the panel asks for it, so
 * that staff who book for tomorrow keep tonight in sight.
 */
export function useBookingDay(date: string): BookingDay {
  const view = useBoardView()
  const { locale } = useBoardControls().identity
  const { restaurantId, serviceDate, today } = view
  const [read, setRead] = useState<Read | null>(null)
  const isReachable = isWithinReach({ date, today })
  const isOther = date !== serviceDate && isReachable
  useEffect(() => {
    if (!isOther) return
    const feed = startWatchedFeed<Day>({
      url: `/api/v1/restaurants/${restaurantId}/day?date=${date}`,
      locale,
      pollAfterMs: 0,
      onValue: (day) => setRead({ date, day, isFailed: false }),
      onTrouble: () =>
        setRead((before) => ({
          date,
          day: before?.date === date ? before.day : null,
          isFailed: true,
        })),
    })
    return feed.stop
  }, [isOther, restaurantId, date, locale])
  if (!isReachable) return { state: 'OUT_OF_REACH' }
  if (!isOther) return { state: 'READY', day: view }
  const known = read?.date === date ? read : null
  if (known?.day) return { state: 'READY', day: known.day }
  return { state: known?.isFailed ? 'FAILED' : 'LOADING' }
}
