import { notFound } from 'next/navigation'
import { getLocale, setRequestLocale } from 'next-intl/server'
import { defaultLocale, isLocale, type Locale, localisePath } from './locale'

/**
 * The language of a page or layout, from its address. Every page calls it first, so that next-intl
 * needs no header and a page that is the same for everyone can be cached.
 */
export async function readPageLocale(params: Promise<{ locale: string }>): Promise<Locale> {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  setRequestLocale(locale)
  return locale
}

/** The same where Next passes no parameters, as in `not-found`. */
export async function readGivenLocale(): Promise<Locale> {
  const locale = await getLocale()
  return isLocale(locale) ? locale : defaultLocale
}

/** For search engines: a page's address in each language, and its canonical one. */
export function nameAlternates({ path, locale }: { path: string; locale: Locale }) {
  const inLanguage = (language: Locale) => localisePath({ path, locale: language })
  return {
    canonical: inLanguage(locale),
    languages: { ko: inLanguage('ko'), en: inLanguage('en'), 'x-default': inLanguage('ko') },
  }
}
