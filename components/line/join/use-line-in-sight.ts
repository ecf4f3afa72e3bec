'use client'

import { type RefObject, useEffect, useState } from 'react'
import type { LineSnapshot } from '@/domain/line/schema'
import { useLine } from '../use-line'

/**
 * Follows the line only while its section is on the screen: below the board of an opening that a
 * hundred thousand people watch, no page polls it.
 */
export function useLineInSight({
  section,
  restaurantId,
  initial,
}: {
  section: RefObject<HTMLElement | null>
  restaurantId: string
  initial: LineSnapshot
}) {
  const [isInSight, setIsInSight] = useState(false)
  useEffect(() => {
    if (!section.current) return
    const watch = new IntersectionObserver(([entry]) =>
      setIsInSight(entry?.isIntersecting ?? false),
    )
    watch.observe(section.current)
    return () => watch.disconnect()
  }, [section])
  return useLine({ restaurantId, initial, isFollowing: isInSight })
}
