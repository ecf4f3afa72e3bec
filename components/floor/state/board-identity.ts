import type { Locale } from '@/lib/i18n/locale'

/** Whose board this is, and who stands before it. */
export type BoardIdentity = {
  accountId: string
  slug: string
  /** An owner's or an admin's. */
  canSettle: boolean
  /** Where codes of this service lead to. */
  origin: string
  locale: Locale
}
