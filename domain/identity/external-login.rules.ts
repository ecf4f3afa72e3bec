import { type Locale, localisePath, neutralisePath } from '@/lib/i18n/locale'
import { readReturnPath } from './rules'
import type { LoginProvider } from './types'

/** Where a login is connected from, and comes back to. */
export function pathToConnect({
  provider,
  locale,
}: {
  provider: LoginProvider
  locale: Locale
}): string {
  return `${localisePath({ path: '/account', locale })}?connect=${provider}`
}

/** The library knows one sign-in page; where somebody wants to go on to says which language is theirs. */
export function readPathLocale(path: string): Locale {
  return /^\/en(?:[/?]|$)/.test(path) ? 'en' : 'ko'
}

/**
 * What somebody set out to do when they went to a provider, from the path to which they come back:
 * a login is only connected where the button that says so was pressed.
 */
export function readErrand({
  returnPath,
  provider,
}: {
  returnPath: unknown
  provider: LoginProvider
}): { path: string; locale: Locale; isConnecting: boolean } {
  const path = readReturnPath({ given: returnPath, otherwise: '/' })
  const locale = readPathLocale(path)
  return { path, locale, isConnecting: path === pathToConnect({ provider, locale }) }
}

/** Where somebody is told why they did not get in, or that a mail waits for them. */
export function pathToTell({
  said,
  path,
  locale,
}: {
  /** A reason, `mail-sent`, or a word of the library's for what went wrong. */
  said: string
  path: string
  locale: Locale
}): string {
  if (neutralisePath(path).startsWith('/account?connect=')) return `${path}&error=${said}`
  const query = new URLSearchParams({ error: said, callbackUrl: path })
  return `${localisePath({ path: '/sign-in', locale })}?${query}`
}
