import type { z } from 'zod'
import type { restaurant, restaurantListQuery, restaurantPage } from './schema'

export type Restaurant = z.infer<typeof restaurant>
export type RestaurantPage = z.infer<typeof restaurantPage>
export type RestaurantListQuery = z.infer<typeof restaurantListQuery>

/** What somebody may do for a restaurant; an admin acts everywhere. */
export type ActingRole = 'OWNER' | 'STAFF' | 'ADMIN'

export type StaffRestaurant = Pick<
  Restaurant,
  'id' | 'slug' | 'name' | 'nameEn' | 'timeZone' | 'today' | 'hasTables'
> & { role: ActingRole }

export type StaffRestaurantPage = {
  items: StaffRestaurant[]
  /** Null: this was the last page. */
  nextCursor: string | null
}
