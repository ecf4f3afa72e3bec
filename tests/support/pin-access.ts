import type { Reason } from '@/lib/problems/problem'
import type { Role, Scene } from './access-cast'
import type { Ask } from './api-client'

interface Access {
  who: Role[]
  refusal: { status: number; reason: Reason }
  ask: (scene: Scene) => Ask
}

/** PINs are given on shared tablets alone, and no session of the cast is on one. */
export const pinAccess: Record<string, Access> = {
  'POST /restaurants/[id]/authors': {
    who: [],
    refusal: { status: 409, reason: 'not-shared' },
    ask: ({ restaurantId, floor }) => ({
      method: 'POST',
      path: `/api/v1/restaurants/${restaurantId}/authors`,
      body: { accountId: floor.id, pin: '590317' },
    }),
  },
}
