import type { Locale } from '@/lib/i18n/locale'

/** The board's restaurant, and the person using it. */
export type BoardIdentity = {
  accountId: string
  slug: string
  /** An owner or an admin uses the board. */
  canSettle: boolean
  /** The origin of this service's door codes. */
  origin: string
  locale: Locale
}
