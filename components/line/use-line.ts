'use client'

import { useSnapshot } from '@/components/ui/client/use-snapshot'
import type { LineSnapshot } from '@/domain/line/schema'

/** Follows today's public line of a restaurant. An `initial` of null: the page came without it. */
export function useLine({
  restaurantId,
  initial,
  isFollowing = true,
}: {
  restaurantId: string
  initial: LineSnapshot | null
  isFollowing?: boolean
}) {
  return useSnapshot<LineSnapshot>({
    url: `/api/v1/restaurants/${restaurantId}/line`,
    initial,
    isFollowing,
  })
}
