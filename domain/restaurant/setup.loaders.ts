import { countFurnishing } from './setup.queries'

/** `restaurantId` of a restaurant that whoever looks may see: `loadStaffRestaurant` has decided it. */
export const loadFurnishing = (restaurantId: string) => countFurnishing(restaurantId)
