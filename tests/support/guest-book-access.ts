import { type Role, type Scene, staff } from './access-cast'
import type { Ask } from './api-client'

interface Access {
  who: Role[]
  ask: (scene: Scene) => Ask
}

const of = (
  pathOf: (guests: Scene['guests']) => string,
  how: (scene: Scene) => Partial<Ask> = () => ({}),
): Access => ({
  who: staff,
  ask: (scene) => ({
    path: `/api/v1/restaurants/${scene.restaurantId}/guests${pathOf(scene.guests)}`,
    ...how(scene),
  }),
})

/** Who may call which route of the guest book. */
export const guestBookAccess: Record<string, Access> = {
  'GET /restaurants/[id]/guests': of(() => ''),
  'POST /restaurants/[id]/guests': of(
    () => '',
    ({ reservationId }) => ({ method: 'POST', body: { reservationId } }),
  ),
  'GET /restaurants/[id]/guests/[guestId]': of(({ known }) => `/${known}`),
  'PATCH /restaurants/[id]/guests/[guestId]': of(
    ({ known }) => `/${known}`,
    () => ({ method: 'PATCH', body: { note: '창가 자리', tags: [{ name: 'VIP' }] } }),
  ),
  'POST /restaurants/[id]/guests/[guestId]/merge': of(
    ({ other }) => `/${other}/merge`,
    ({ guests }) => ({ method: 'POST', body: { into: guests.known } }),
  ),
  'DELETE /restaurants/[id]/guests/[guestId]/merge': of(
    ({ merged }) => `/${merged}/merge`,
    () => ({ method: 'DELETE' }),
  ),
  'POST /restaurants/[id]/guests/import': {
    who: ['owner'],
    ask: ({ restaurantId }) => ({
      method: 'POST',
      path: `/api/v1/restaurants/${restaurantId}/guests/import`,
      headers: { 'content-type': 'text/csv' },
      bytes: '이름,전화\n김단골,010-2345-6789\n',
    }),
  },
  'GET /restaurants/[id]/guest-imports/[importId]': {
    who: ['owner'],
    ask: ({ restaurantId, guests }) => ({
      path: `/api/v1/restaurants/${restaurantId}/guest-imports/${guests.imported}`,
    }),
  },
}
