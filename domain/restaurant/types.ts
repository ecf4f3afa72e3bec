import type { z } from 'zod'
import type { bookingRules, newRestaurant, profileFields } from './profile.schema'
import type {
  restaurant,
  restaurantClosure,
  restaurantDetail,
  restaurantHours,
  restaurantListQuery,
  restaurantPage,
} from './schema'

export type Restaurant = z.infer<typeof restaurant>
export type RestaurantDetail = z.infer<typeof restaurantDetail>
export type Hours = z.infer<typeof restaurantHours>
export type Closure = z.infer<typeof restaurantClosure>
export type RestaurantPage = z.infer<typeof restaurantPage>
export type RestaurantListQuery = z.infer<typeof restaurantListQuery>

/** The kinds of food and the parts of town that there are, each with how many restaurants. */
export type Facet = { word: string; count: number }
export type Facets = { categories: Facet[]; regions: Facet[] }

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

/** Who acts for a restaurant, and from which network address; null: the platform vouches for none. */
export type StaffActor = { accountId: string; address: string | null }

/** A restaurant with all that its owner edits; of which time zone and length each is, see `Restaurant`. */
export type OwnRestaurant = Omit<Restaurant, 'hasTables' | 'minParty' | 'maxParty' | 'picture'> & {
  /** Null: nothing. */
  guestNote: string | null
  /** Null: the Korean note is shown to everybody. */
  guestNoteEn: string | null
  /** Null: a search for the address. */
  mapUrl: string | null
  /** Minutes after midnight until which "today" is still the day before. */
  dayCutMinutes: number
  seatingMinutes: number
  /** Wall minutes after midnight. Null: bookings open as soon as the horizon reaches the date. */
  opensMinutes: number | null
  opensDaysBefore: number
  /** False: nobody but its staff sees it. */
  published: boolean
  /** An admin's words for hiding it. Null: none has. */
  hiddenReason: string | null
  /** Of everything its owner edits; whoever saves names the one that was on the screen. */
  version: number
  role: ActingRole
}

export type Profile = z.output<typeof profileFields>
/** As a form holds it: what is empty is an empty string. */
export type ProfileDraft = z.input<typeof profileFields>

export type BookingRules = z.output<typeof bookingRules>

export type NewRestaurant = z.output<typeof newRestaurant>
export type NewRestaurantDraft = z.input<typeof newRestaurant>

/** When a service date can be booked, as a diner is told. Times are minutes on the restaurant's wall. */
export type OpeningPlan =
  | { kind: 'SAME_DAY'; opensMinutes: number }
  | { kind: 'AHEAD'; horizonDays: number }
  | { kind: 'AHEAD_FROM'; opensMinutes: number; daysBefore: number }

/** How many a list of restaurants is for when nobody has said. */
export const USUAL_PARTY = 2
