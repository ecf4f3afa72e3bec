import type { ComponentType } from 'react'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Without the messages that only the server renders. */
export type LobbyWords = Omit<Messages['opening'], 'steps' | 'fair' | 'know'> & {
  inApp: Messages['shell']['inApp']
}

/** The restaurant's data that the panel needs. */
export type OpeningRestaurant = {
  id: string
  slug: string
  phone: string
  timeZone: string
  minParty: number
  maxParty: number
  sameDayOnly: boolean
}

/**
 * The board on which a turn is used. The booking room comes after openings, so it passes its board
 * in.
 */
export type TurnBoardProps = {
  restaurant: OpeningRestaurant
  serviceDate: string
  /** Null: the turn has run out. */
  turn: string | null
  onTurnOver: () => void
  onBooked: (reservationId: string) => void
  locale: Locale
  words: Pick<Messages['booking'], 'board' | 'sheet'>
}
export type LazyTurnBoard = {
  TurnBoard: ComponentType<TurnBoardProps>
  /** Loads the board's script, which most visitors of an opening never need. */
  load: () => Promise<unknown>
}

export type Told = { locale: Locale; words: LobbyWords }
