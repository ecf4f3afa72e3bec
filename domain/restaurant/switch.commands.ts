import { type Result, refuse } from '@/lib/problems/result'
import { editRestaurant } from './commands'
import type { StaffActor } from './types'

type Switching = { restaurantId: string; actor: StaffActor; isOn: boolean }

/**
 * Takes bookings or stops taking them; what is booked stays booked, and walk-ins go on. Switching
 * twice changes nothing more and leaves one event. Locks the restaurant's row. Refuses `not-found` to
 * others than its approved owners and admins.
 */
export async function switchBookings({
  isOn,
  ...asked
}: Switching): Promise<Result<{ bookingsOn: boolean }>> {
  return editRestaurant({
    ...asked,
    work: async ({ tx, restaurant, record }) => {
      if (restaurant.bookingsOn === isOn) return { bookingsOn: isOn }
      await tx.restaurant.update({ where: { id: restaurant.id }, data: { bookingsOn: isOn } })
      const [from, to] = isOn ? ['BOOKINGS_OFF', 'BOOKINGS_ON'] : ['BOOKINGS_ON', 'BOOKINGS_OFF']
      await record({ act: 'SWITCH_BOOKINGS', from, to })
      return { bookingsOn: isOn }
    },
  })
}

/**
 * Shows the restaurant to everybody, or to its staff only. Hiding it ends no reservation. Refuses
 * `hidden-by-admin` with the reason given: only an admin shows it again. Otherwise as
 * `switchBookings`.
 */
export async function publishRestaurant({
  isOn,
  ...asked
}: Switching): Promise<Result<{ published: boolean }>> {
  return editRestaurant({
    ...asked,
    work: async ({ tx, stop, restaurant, record }) => {
      if (isOn && restaurant.hiddenAt)
        return stop(refuse('hidden-by-admin', { hiddenFor: restaurant.hiddenReason }))
      if (restaurant.published === isOn) return { published: isOn }
      await tx.restaurant.update({ where: { id: restaurant.id }, data: { published: isOn } })
      const [from, to] = isOn ? ['UNPUBLISHED', 'PUBLISHED'] : ['PUBLISHED', 'UNPUBLISHED']
      await record({ act: isOn ? 'PUBLISH' : 'UNPUBLISH', from, to })
      return { published: isOn }
    },
  })
}
