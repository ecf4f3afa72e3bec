import type { AccountClaims } from '@/lib/crypto/session-token'
import { isLocale, type Locale, localisePath } from '@/lib/i18n/locale'
import type { Account } from '@/prisma/generated/client'

/** Any origin will do: a path that leads away from it also leads away from ours. */
const HERE = 'http://here.invalid'

/**
 * The page a person returns to after signing in: a path on this site, with its query. Anything that
 * leads elsewhere ("//evil.example", "/\\evil.example", "https:…") gives `otherwise`.
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
  // Serialised by the parser: no tab, newline or backslash remains that a browser could read
  // differently.
  const path = url.pathname + url.search
  return path.startsWith('//') ? otherwise : path
}

function pathBack({
  path,
  returnPath,
  locale,
}: {
  path: string
  returnPath: string
  locale: Locale
}): string {
  const query = new URLSearchParams({ callbackUrl: returnPath })
  return `${localisePath({ path, locale })}?${query}`
}

type Leading = {
  /** Includes the language and query. */
  returnPath: string
  locale: Locale
}

/** The sign-in page that returns to `returnPath`. */
export function linkToSignIn(leading: Leading): string {
  return pathBack({ path: '/sign-in', ...leading })
}

/** Where a shared tablet’s own person proves who they are; `path` is without the language. */
export function linkToProof({ path, locale }: { path: string; locale: Locale }): string {
  return pathBack({ path: '/owner/prove', returnPath: localisePath({ path, locale }), locale })
}

/** Where a person shows their passkey after another way in. */
export function pathToSecondFactor(leading: Leading): string {
  return pathBack({ path: '/sign-in/passkey', ...leading })
}

/** Where a signed-in person makes a passkey, or shows the one that their role needs. */
export function pathToPasskey(leading: Leading): string {
  return pathBack({ path: '/account/passkey', ...leading })
}

/** An account's claims for its session; staff rights are never among them. */
export function claimsOf(
  account: Pick<
    Account,
    'id' | 'email' | 'name' | 'role' | 'locale' | 'sessionEpoch' | 'ownerApprovedAt'
  >,
): AccountClaims {
  const { id: accountId, email, name, role, sessionEpoch: epoch } = account
  const locale = isLocale(account.locale) ? account.locale : 'ko'
  const awaitsApproval = role === 'OWNER' && account.ownerApprovedAt === null
  return { accountId, email, name, role, locale, epoch, awaitsApproval }
}
