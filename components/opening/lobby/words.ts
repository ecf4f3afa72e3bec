import type { ComponentType } from 'react'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Without what only the server writes on the page. */
export type LobbyWords = Omit<Messages['opening'], 'steps' | 'fair' | 'know'>

/** What of the restaurant the panel needs. */
export type OpeningRestaurant = {
  id: string
  slug: string
  phone: string
  timeZone: string
  minParty: number
  maxParty: number
  sameDayOnly: boolean
}

/** The board on which a turn is used. Booking comes after openings, so it hands its board in. */
export type TurnBoardProps = {
  restaurant: OpeningRestaurant
  serviceDate: string
  /** Null: it has run out. */
  turn: string | null
  onTurnOver: () => void
  onBooked: (reservationId: string) => void
  locale: Locale
  words: Pick<Messages['booking'], 'board' | 'sheet'>
}
export type LazyTurnBoard = {
  TurnBoard: ComponentType<TurnBoardProps>
  /** Fetches the script of the board, which most visitors of an opening never need. */
  load: () => Promise<unknown>
}

export type Told = { locale: Locale; words: LobbyWords }
