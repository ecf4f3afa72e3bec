import { listKiosks } from './kiosk.queries'

/** Of a restaurant that whoever looks may change: `loadStaffRestaurant` has decided it. */
export async function loadKiosks(restaurantId: string) {
  return listKiosks(restaurantId)
}
