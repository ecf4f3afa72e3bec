import type { ReservationView } from '@/domain/booking/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** The reservation of the signed-in diner, or the link mailed to them. */
export type ChangedBy = { reservationId: string } | { token: string }

export type ChangeableReservation = Pick<
  ReservationView,
  'serviceDate' | 'startsAt' | 'partySize' | 'note' | 'allergies' | 'sequence'
>

/** What the choices need to know of the restaurant. */
export type ChangeableRestaurant = {
  id: string
  timeZone: string
  minParty: number
  maxParty: number
  sameDayOnly: boolean
  horizonDays: number
}

export type ChangeWords = Pick<Messages['booking'], 'board' | 'change' | 'sheet'>

/** The reservation as it is, and what its change may choose from. */
export type Changing = {
  by: ChangedBy
  reservation: ChangeableReservation
  restaurant: ChangeableRestaurant
  /** The restaurant's date at this moment. */
  today: string
  locale: Locale
  words: ChangeWords
}
