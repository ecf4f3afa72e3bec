import { type Locale, localisePath, neutralisePath } from '@/lib/i18n/locale'
import { readReturnPath } from './rules'
import type { LoginProvider } from './types'

/** The page on which a person new from Kakao or Naver agrees to the terms. */
export const AGREE_PATH = '/sign-up/agree'

/** The page from which a login is connected, and to which the provider returns. */
export function pathToConnect({
  provider,
  locale,
}: {
  provider: LoginProvider
  locale: Locale
}): string {
  return `${localisePath({ path: '/account', locale })}?connect=${provider}`
}

/**
 * The language of a return path. The library knows only one sign-in page, so the path the visitor
 * returns to decides its language.
 */
export function readPathLocale(path: string): Locale {
  return /^\/en(?:[/?]|$)/.test(path) ? 'en' : 'ko'
}

/**
 * Why a person went to the provider, read from the path they return to. A login is connected only
 * if they pressed the button for it.
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

/** The page that explains why sign-in failed, or that a mail is waiting. */
export function pathToTell({
  said,
  path,
  locale,
}: {
  /** A reason, `mail-sent`, or the library's own error code. */
  said: string
  path: string
  locale: Locale
}): string {
  if (neutralisePath(path).startsWith('/account?connect=')) return `${path}&error=${said}`
  const query = new URLSearchParams({ error: said, callbackUrl: path })
  return `${localisePath({ path: '/sign-in', locale })}?${query}`
}
