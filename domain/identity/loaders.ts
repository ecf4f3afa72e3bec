import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { cache } from 'react'
import {
  type AccountClaims,
  SESSION_SECONDS,
  signSession,
  verifySession,
} from '@/lib/crypto/session-token'
import { env } from '@/lib/env'
import { after } from '@/lib/http/after'
import { readAsker } from '@/lib/http/api'
import type { ApiRequest } from '@/lib/http/api-request'
import { type Browser, readBrowser } from '@/lib/http/browser'
import { visitorRefusals } from '@/lib/http/contract'
import {
  deviceCookie,
  keepPasskeyBrowser,
  linkRequestCookie,
  signUpCookie,
} from '@/lib/http/sealed-cookie'
import {
  readTrustedAddress,
  readVisitor,
  sessionCookieName,
  sessionCookieOptions,
  type Visitor,
  type VisitorReader,
} from '@/lib/http/session'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import { log } from '@/lib/log'
import { refuseFailure } from '@/lib/problems/failure'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { noteSecurity } from '@/lib/security/security-log'
import { signIn } from './commands'
import { listLoginConfigs, receiveLogin } from './external-login.loaders'
import { decideVisit, type LinkVisit } from './link.rules'
import type { Errand } from './link.schema'
import type { OwnRequest } from './link-request.rules'
import { isPasskeyRequired } from './passkey.commands'
import { searchPeople } from './people.queries'
import { peopleQuery } from './people.schema'
import {
  findAccountOverview,
  findAsking,
  findErrand,
  findLink,
  findOwnRequest,
  readOwnerApplication,
} from './queries'
import { pathToPasskey, readReturnPath } from './rules'
import { credentials } from './schema'
import { noteSeen, signOut } from './session.commands'
import { findLiveSession, listOwnSessions } from './session.queries'
import {
  type AccountOverview,
  loginProviders,
  type OwnerApplication,
  type OwnSession,
} from './types'

/**
 * next-auth handles sign-in and sign-out. The session itself is our signed token, the same in the
 * cookie and as bearer, so reading it needs neither a database nor the library.
 */
export const authOptions: NextAuthOptions = {
  secret: env.AUTH_SECRET?.[0],
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
  pages: { signIn: '/sign-in', error: '/sign-in' },
  cookies: {
    sessionToken: {
      name: sessionCookieName(),
      options: sessionCookieOptions(),
    },
  },
  providers: [
    Credentials({
      credentials: { email: {}, password: {} },
      // The library passes a thrown message on as the `error` of its answer, so it is our reason,
      // verbatim.
      async authorize(given, request) {
        const parsed = credentials.safeParse({ email: given?.email, password: given?.password })
        if (!parsed.success) throw new Error('wrong-credentials')
        const head = new Headers(request.headers)
        const address = readTrustedAddress(head)
        const browser = readBrowser(head.get('user-agent'))
        const passkeyBrowserId = await keepPasskeyBrowser()
        const deviceOf = await deviceCookie.read()
        const visit = { address, browser, passkeyBrowserId, deviceOf }
        const asked = signIn({ credentials: parsed.data, ...visit })
        // Any other thrown message would be shown too, even the database's address.
        const signedIn = await asked.catch(refuseFailure)
        if (!signedIn.ok) throw new Error(signedIn.reason)
        return { id: signedIn.value.accountId, claims: signedIn.value }
      },
    }),
    ...listLoginConfigs(),
  ],
  callbacks: {
    signIn: async ({ user, account, profile }) => {
      const provider = loginProviders.find((known) => known === account?.provider)
      if (provider) {
        const received = await receiveLogin({ provider, profile, readVisitor: readLiveVisitor })
        if ('path' in received) return received.path
        // The library passes this same object to `jwt`, below.
        user.claims = received.claims
        noteSecurity({ event: 'sign-in', accountId: received.claims.accountId, way: provider })
      }
      if (user.claims) await deviceCookie.remember(user.claims.email)
      return true
    },
    // Paths within our site, with their language; our pages don't understand the library's full
    // URLs.
    redirect: async ({ url, baseUrl }) =>
      readReturnPath({
        given: url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url,
        otherwise: '/',
      }),
    jwt: ({ token, user }) => (user ? { ...token, claims: user.claims } : token),
    session: ({ session, token }) => ({ ...session, user: { name: token.claims?.name ?? null } }),
  },
  events: {
    signOut: async ({ token: { claims } }) => {
      if (claims) await signOut({ who: claims, address: readTrustedAddress(await headers()) })
    },
  },
  // The library's logger prints whole provider responses, personal data included, to the console.
  logger: {
    error: (code) => log.warn({ code }, 'next-auth'),
    warn: () => {},
    debug: () => {},
  },
  jwt: {
    encode: async ({ token }) => (token?.claims ? signSession(token.claims) : ''),
    decode: async ({ token }) => {
      const claims = token ? await verifySession(token) : null
      return claims && { claims }
    },
  },
}

/**
 * The visitor by the token and by the account's present state: a session that was ended elsewhere,
 * or whose account is gone, is no visitor's.
 */
export const readLiveVisitor: VisitorReader = async (head) => {
  const visitor = await readVisitor(head)
  const live = visitor && (await findLiveSession(visitor))
  if (!visitor || !live) return null
  const { isUnseen, isByPasskey, isShared, isProved, hasPassword, hasPasskey, ...claims } = live
  const awaitsPasskey = isPasskeyRequired(claims.role) && !isByPasskey
  const awaitsProof = isShared && !isProved ? { hasPassword, hasPasskey } : null
  const { by, sessionId, endsAt } = visitor
  if (isUnseen && sessionId !== null) after(() => noteSeen(sessionId))
  return { ...claims, by, sessionId, endsAt, awaitsPasskey, isShared, awaitsProof }
}

/**
 * The same for a statement that has read the session itself. Null: it has ended. Refuses
 * `signed-out` and `passkey-needed`.
 */
export function judgeVisit({
  visit,
  sessionId,
}: {
  visit: { accountRole: AccountClaims['role']; isByPasskey: boolean; isUnseen: boolean } | null
  sessionId: string | null
}): Result<null, 'signed-out' | 'passkey-needed'> {
  if (!visit) return refuse('signed-out')
  if (visit.isUnseen && sessionId !== null) after(() => noteSeen(sessionId))
  const awaitsPasskey = isPasskeyRequired(visit.accountRole) && !visit.isByPasskey
  return awaitsPasskey ? refuse('passkey-needed') : succeed(null)
}

/**
 * The asker of a poll by their token alone; the one statement that answers it checks that the session
 * goes on.
 */
export const watcher = {
  read: ({ request }: { request: ApiRequest }) => readAsker({ request, reader: readVisitor }),
  refusals: visitorRefusals,
} as const

/** The same for what people do with their own account and bookings, which takes no role. */
export const readOwnVisitor: VisitorReader = async (head) => {
  const visitor = await readLiveVisitor(head)
  return visitor && { ...visitor, awaitsPasskey: false }
}

/** The same for those who end their session or prove who they are, also on a shared device. */
export const readProver: VisitorReader = async (head) => {
  const visitor = await readOwnVisitor(head)
  return visitor && { ...visitor, awaitsProof: null }
}

/**
 * The headers with up-to-date cookies. An action that renews the session re-renders its page within
 * the same request, whose own header still carries the old session.
 */
async function readPageHeaders(): Promise<Headers> {
  const [head, jar] = await Promise.all([headers(), cookies()])
  const now = new Headers(head)
  now.set('cookie', jar.toString())
  return now
}

/** The page's visitor, read once per request. Null: not signed in. */
export const readPageVisitor = cache(async () => readLiveVisitor(await readPageHeaders()))

/**
 * What a page's browser should do about its session. `ended`: the session is over, but this browser
 * does not know yet. `stale`: the account has newer claims. Null: nothing.
 */
export async function readSessionFate(): Promise<'ended' | 'stale' | null> {
  const claimed = await readVisitor(await readPageHeaders())
  if (!claimed) return null
  const live = await readPageVisitor()
  if (!live) return 'ended'
  const shown = ['name', 'email', 'role', 'locale', 'awaitsApproval'] as const
  return shown.some((claim) => live[claim] !== claimed[claim]) ? 'stale' : null
}

/**
 * The visitor of a page on which people work: one whose role has to show a passkey first is led
 * there. Null: not signed in.
 */
export async function readPageWorker(): Promise<Visitor | null> {
  const visitor = await readPageVisitor()
  if (visitor?.awaitsPasskey) {
    const { role, locale } = visitor
    const returnPath = localisePath({ path: role === 'ADMIN' ? '/admin' : '/owner', locale })
    redirect(pathToPasskey({ returnPath, locale }))
  }
  return visitor
}

/** The admin who views a page. Null: not signed in, or not an admin in the database now. */
export async function readPageAdmin(): Promise<Visitor | null> {
  const visitor = await readPageWorker()
  return visitor?.role === 'ADMIN' ? visitor : null
}

/** Reads data for admins only. Null for everyone else, shown by the page as "not found". */
export async function readAsAdmin<T>(read: () => Promise<T>): Promise<T | null> {
  return (await readPageAdmin()) && read()
}

/** One page of people as an address asks for it. Null: the visitor is not an admin. */
export function loadPeople(given: unknown) {
  return readAsAdmin(async () => {
    const query = peopleQuery.parse(given)
    return { ...(await searchPeople(query)), query }
  })
}

/** The account of the page's visitor. Null: not signed in. */
export async function loadOwnAccount(): Promise<AccountOverview | null> {
  const visitor = await readPageVisitor()
  return visitor && findAccountOverview(visitor.accountId)
}

/** The devices on which the page's visitor is signed in. Empty: not signed in. */
export async function loadOwnSessions(): Promise<OwnSession[]> {
  const visitor = await readPageVisitor()
  return visitor ? listOwnSessions(visitor) : []
}

/** This browser, and where it goes on: a page of ours, whatever it sent. */
export async function readAsked({
  errand: { returnPath, texts },
  locale,
}: {
  errand: Errand
  locale: Locale
}): Promise<Browser & Errand> {
  const otherwise = localisePath({ path: '/start', locale })
  return {
    ...readBrowser((await headers()).get('user-agent')),
    returnPath: readReturnPath({ given: returnPath, otherwise }),
    texts,
  }
}

/** The mail this browser asked for last, and as of when. Null: none. */
export async function loadOwnRequest(): Promise<{ request: OwnRequest | null; asOf: string }> {
  const id = await linkRequestCookie.read()
  const request = id ? await findOwnRequest(id) : null
  return { request, asOf: request?.asOf ?? new Date().toISOString() }
}

/**
 * The address to which this browser's mail is on its way, for a page that was loaded anew: phones
 * drop a page while their owner reads the mail. Null: none.
 */
export async function loadSentTo({
  purpose,
  sent,
}: {
  purpose: OwnRequest['purpose']
  /** From the page's address; absent unless the mail was asked for on it. */
  sent: unknown
}): Promise<string | null> {
  if (sent === undefined) return null
  const { request } = await loadOwnRequest()
  return request?.purpose === purpose && request.state !== 'over' ? request.email : null
}

/**
 * What a link shows in this browser. Only the account's own, signed-in browser learns where its
 * visitor was and what they typed there.
 */
export async function loadLinkVisit(token: string): Promise<LinkVisit> {
  const [link, visitor, signUpId, ownRequestId] = await Promise.all([
    findLink(token),
    readPageVisitor(),
    signUpCookie.read(),
    linkRequestCookie.read(),
  ])
  if (!link) return { view: 'unknown' }
  const visit = decideVisit({ link, visitor, signUpId })
  if (visit.view === 'done') return { ...visit, errand: await findErrand(token) }
  if (visit.view === 'press') return { ...visit, asking: await findAsking({ token, ownRequestId }) }
  return visit
}

/** The owner application of the page's visitor. Null: not signed in. */
export async function loadOwnerApplication(): Promise<OwnerApplication | null> {
  const visitor = await readPageVisitor()
  return visitor && readOwnerApplication(visitor.accountId)
}
