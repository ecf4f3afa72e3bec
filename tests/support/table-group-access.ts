import { type Role, type Scene, staff } from './access-cast'
import type { Ask } from './api-client'

interface Access {
  who: Role[]
  ask: (scene: Scene) => Ask
}

const pathOf = ({ restaurantId }: Scene, list: string) =>
  `/api/v1/restaurants/${restaurantId}/${list}`
const read = (list: string): Access => ({
  who: staff,
  ask: (scene) => ({ path: pathOf(scene, list) }),
})
const replace = (list: string, body: unknown[]): Access => ({
  who: ['owner', 'admin'],
  ask: (scene) => ({ method: 'PUT', path: pathOf(scene, list), body }),
})

/** Who may call which route of areas, combinations and the floor plan. */
export const tableGroupAccess: Record<string, Access> = {
  'GET /restaurants/[id]/areas': read('areas'),
  'PUT /restaurants/[id]/areas': replace('areas', [{ name: '홀', tableNumbers: [1] }]),
  'GET /restaurants/[id]/floor-plan': read('floor-plan'),
  'PUT /restaurants/[id]/floor-plan': replace('floor-plan', [
    { tableNumber: 1, x: 0, y: 0, shape: 'ROUND' },
  ]),
  'GET /restaurants/[id]/combinations': read('combinations'),
  'PUT /restaurants/[id]/combinations': replace('combinations', [
    { tableNumbers: [1, 2], minParty: 5, maxParty: 8 },
  ]),
}
