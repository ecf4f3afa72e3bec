import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Without what only the server writes on the page. */
export type LobbyWords = Omit<Messages['opening'], 'steps' | 'fair' | 'know'>

/** What of the restaurant the panel needs. */
export type OpeningHouse = {
  id: string
  slug: string
  phone: string
  timeZone: string
  minParty: number
  maxParty: number
  sameDayOnly: boolean
}

export type Told = { locale: Locale; words: LobbyWords }
