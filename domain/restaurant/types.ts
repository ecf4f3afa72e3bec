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

/** A kind of food or a part of town, and how many restaurants it has. */
export type Facet = { word: string; count: number }
export type Facets = { categories: Facet[]; regions: Facet[] }

/** A person's role at a restaurant; an admin acts everywhere. */
export type ActingRole = 'OWNER' | 'STAFF' | 'ADMIN'

/** Who asks, as a statement of `staff_visit` has read it. */
export type StaffVisit = {
  accountRole: 'DINER' | 'OWNER' | 'ADMIN'
  /** Its person has shown a passkey in the session. */
  isByPasskey: boolean
  /** The session was not noted for an hour. */
  isUnseen: boolean
}

export type StaffRestaurant = Pick<
  Restaurant,
  'id' | 'slug' | 'name' | 'nameEn' | 'timeZone' | 'today' | 'hasTables'
> & { role: ActingRole }

export type StaffRestaurantPage = {
  items: StaffRestaurant[]
  /** Null: this is the last page. */
  nextCursor: string | null
}

/**
 * The account that acts for a restaurant, and its network address. Null: the platform vouches for
 * none.
 */
export type StaffActor = { accountId: string; address: string | null }

/** A restaurant with everything its owner edits; see `Restaurant` for time zones and units. */
export type OwnRestaurant = Omit<Restaurant, 'hasTables' | 'minParty' | 'maxParty' | 'picture'> & {
  /** Null: none. */
  guestNote: string | null
  /** Null: the Korean note is shown to everyone. */
  guestNoteEn: string | null
  /** Null: the map searches for the address. */
  mapUrl: string | null
  /** Minutes after midnight until which "today" is still the previous day. */
  dayCutMinutes: number
  seatingMinutes: number
  /** Wall minutes after midnight. Null: bookings open as soon as the horizon reaches the date. */
  opensMinutes: number | null
  opensDaysBefore: number
  /** After so many no-shows in `noShowMonths` a diner can't book here without staff. Null: never. */
  noShowLimit: number | null
  noShowMonths: number | null
  /** Then a booking is a hold that staff confirm. False: it is refused. */
  holdsAfterNoShows: boolean
  /** False: only its staff see it. */
  published: boolean
  /** An admin's reason for hiding it. Null: not hidden by an admin. */
  hiddenReason: string | null
  /**
   * The version of everything its owner edits; a client saving a form sends the version it showed.
   */
  version: number
  role: ActingRole
}

export type Profile = z.output<typeof profileFields>
/** The profile as a form holds it: an absent value is an empty string. */
export type ProfileDraft = z.input<typeof profileFields>

export type BookingRules = z.output<typeof bookingRules>

export type NewRestaurant = z.output<typeof newRestaurant>
export type NewRestaurantDraft = z.input<typeof newRestaurant>

/** When a service date can be booked, as diners are told. Times are wall minutes. */
export type OpeningPlan =
  | { kind: 'SAME_DAY'; opensMinutes: number }
  | { kind: 'AHEAD'; horizonDays: number }
  | { kind: 'AHEAD_FROM'; opensMinutes: number; daysBefore: number }

/** The party size for a list of restaurants when none is given. */
export const USUAL_PARTY = 2
