import { isLocale, type Locale, localisePath } from '@/lib/locale'
import type { SessionClaims } from '@/lib/token'
import type { Account } from '@/prisma/generated/client'

/** Any origin will do: what leads away from it leads away from ours. */
const HERE = 'http://here.invalid'

/**
 * Where somebody goes on to after signing in: a path of this site, with its query. Whatever leads
 * elsewhere ("//evil.example", "/\\evil.example", "https:…") gives `otherwise`.
 */
export function readReturnPath({
  given,
  otherwise,
}: {
  given: unknown
  otherwise: string
}): string {
  if (typeof given !== 'string' || !given.startsWith('/') || given.length > 2_000) return otherwise
  if (!URL.canParse(given, HERE)) return otherwise
  const url = new URL(given, HERE)
  if (url.origin !== HERE) return otherwise
  // Written anew by the parser: no tab, newline or backslash is left that a browser reads otherwise.
  const path = url.pathname + url.search
  return path.startsWith('//') ? otherwise : path
}

/** The sign-in page, from which somebody comes back to `returnPath`. */
export function linkToSignIn({
  returnPath,
  locale,
}: {
  /** With its language and query. */
  returnPath: string
  locale: Locale
}): string {
  const query = new URLSearchParams({ callbackUrl: returnPath })
  return `${localisePath({ path: '/sign-in', locale })}?${query}`
}

/** What a session says of an account; what staff may do is never in it. */
export function claimsOf(
  account: Pick<Account, 'id' | 'email' | 'name' | 'role' | 'locale' | 'sessionEpoch'>,
): SessionClaims {
  const { id: accountId, email, name, role, locale, sessionEpoch: epoch } = account
  return { accountId, email, name, role, locale: isLocale(locale) ? locale : 'ko', epoch }
}
