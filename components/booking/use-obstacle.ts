'use client'

import { useEffect, useState } from 'react'
import { ask } from '@/components/ui/client/ask'
import type { Locale } from '@/lib/i18n/locale'
import { type Refused, readRefusal } from './use-booking'

/** Only these are worth telling before the tap; anything else is for the booking to say. */
const OBSTACLES = ['no-shows', 'already-booked', 'too-many-reservations', 'overlapping-reservation']

/**
 * What the diner's own reservations have against this time, before they fill in anything. Null:
 * nothing, or not known (yet); the booking judges again.
 */
export function useObstacle({
  restaurantId,
  wish,
  locale,
}: {
  restaurantId: string
  /** Null: the visitor is signed out, or this page may not ask. */
  wish: { serviceDate: string; startsAt: string } | null
  locale: Locale
}): Refused | null {
  const { serviceDate, startsAt } = wish ?? {}
  const [obstacle, setObstacle] = useState<Refused | null>(null)
  useEffect(() => {
    setObstacle(null)
    if (!serviceDate || !startsAt) return
    let isWanted = true
    const query = new URLSearchParams({ serviceDate, startsAt })
    const url = `/api/v1/restaurants/${restaurantId}/obstacle?${query}`
    void ask({ url, locale, read: async () => null }).then((answer) => {
      if (!isWanted || answer.kind !== 'problem') return
      if (OBSTACLES.includes(answer.problem.reason ?? ''))
        setObstacle(readRefusal(answer.problem.body))
    })
    return () => {
      isWanted = false
    }
  }, [restaurantId, serviceDate, startsAt, locale])
  return obstacle
}
