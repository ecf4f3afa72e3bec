import type { Locale } from './locale'

/** '1,234', with the separators of the language. */
export function formatNumber({ value, locale }: { value: number; locale: Locale }): string {
  return value.toLocaleString(locale)
}
