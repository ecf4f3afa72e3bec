import { type Role, type Scene, staff } from './access-cast'
import type { Ask } from './api-client'

interface Access {
  who: Role[]
  ask: (scene: Scene) => Ask
  success?: number
}

const pathOf = ({ restaurantId }: Scene, more = '') =>
  `/api/v1/restaurants/${restaurantId}/closures${more}`
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const DAY_MINUTES = 24 * 60

/** Who may close tables for a while, and read what was done on a date. */
export const closureAccess: Record<string, Access> = {
  'GET /restaurants/[id]/acts': {
    who: staff,
    ask: ({ restaurantId }) => ({ path: `/api/v1/restaurants/${restaurantId}/acts` }),
  },
  'GET /restaurants/[id]/shift-note': {
    who: staff,
    ask: ({ restaurantId }) => ({ path: `/api/v1/restaurants/${restaurantId}/shift-note` }),
  },
  'PUT /restaurants/[id]/shift-note': {
    who: staff,
    ask: ({ restaurantId }) => ({
      method: 'PUT',
      path: `/api/v1/restaurants/${restaurantId}/shift-note`,
      body: { text: '7번 손님 케이크 9시' },
    }),
  },
  'GET /restaurants/[id]/closures': { who: staff, ask: (scene) => ({ path: pathOf(scene) }) },
  'POST /restaurants/[id]/closures': {
    who: staff,
    success: 201,
    ask: (scene) => ({
      method: 'POST',
      path: pathOf(scene),
      body: { tableNumbers: [1], from: inMinutes(0), to: inMinutes(60) },
    }),
  },
  'PATCH /restaurants/[id]/closures/[closureId]': {
    who: staff,
    ask: (scene) => ({
      method: 'PATCH',
      path: pathOf(scene, `/${scene.closureId}`),
      body: { to: inMinutes(20 * DAY_MINUTES + 30) },
    }),
  },
  'DELETE /restaurants/[id]/closures/[closureId]': {
    who: staff,
    ask: (scene) => ({ method: 'DELETE', path: pathOf(scene, `/${scene.closureId}`) }),
  },
}
