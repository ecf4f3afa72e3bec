import { cookies, headers } from 'next/headers'
import { after } from 'next/server'
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { cache } from 'react'
import {
  SESSION_SECONDS,
  type SessionClaims,
  signSession,
  verifySession,
} from '@/lib/crypto/session-token'
import { ringOutboxBell } from '@/lib/db/outbox'
import { env } from '@/lib/env'
import {
  readTrustedAddress,
  readVisitor,
  sessionCookieName,
  sessionCookieOptions,
  type Visitor,
  type VisitorReader,
} from '@/lib/http/session'
import { keepSignUp, readSignUp } from '@/lib/http/sign-up-cookie'
import { log } from '@/lib/log'
import { refuseFailure } from '@/lib/problems/failure'
import type { Reason } from '@/lib/problems/problem'
import { signIn } from './commands'
import { connectLogin, enterByLogin } from './external-login.commands'
import { pathToTell, readErrand } from './external-login.rules'
import { readExternalPerson } from './external-login.schema'
import { decideVisit, type LinkVisit } from './link.rules'
import { searchPeople } from './people.queries'
import { peopleQuery } from './people.schema'
import { findAccountOverview, findLink, findLiveSession, readOwnerStanding } from './queries'
import { readReturnPath } from './rules'
import { credentials } from './schema'
import {
  type AccountOverview,
  type LoginProvider,
  loginProviders,
  type OwnerStanding,
} from './types'

/**
 * next-auth signs people in and out; the session itself is our signed token, the same for cookie
 * and bearer, so that reading it needs neither a database nor the library.
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
      // The library shows a thrown message as the `error` of its answer: our reason, literally.
      async authorize(given, request) {
        const parsed = credentials.safeParse({ email: given?.email, password: given?.password })
        if (!parsed.success) throw new Error('wrong-credentials')
        const address = readTrustedAddress(new Headers(request.headers))
        const asked = signIn({ credentials: parsed.data, address })
        // Whatever is thrown would be shown, down to the address of the database.
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
      if (!provider) return true
      const received = await receiveLogin({ provider, profile, readVisitor: readLiveVisitor })
      if ('path' in received) return received.path
      // The library hands this same object on to `jwt`, below.
      user.claims = received.claims
      return true
    },
    // Paths of our own, with their language; the library's whole addresses would be lost on our pages.
    redirect: async ({ url, baseUrl }) =>
      readReturnPath({
        given: url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url,
        otherwise: '/',
      }),
    jwt: ({ token, user }) => (user ? { ...token, claims: user.claims } : token),
    session: ({ session, token }) => ({ ...session, user: { name: token.claims?.name ?? null } }),
  },
  // Its own logger writes whole answers of providers, with people in them, to the console.
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
 * Who asks, by the token and by the account as it is now: a session that was ended elsewhere, or
 * whose account is gone, is nobody's.
 */
export const readLiveVisitor: VisitorReader = async (headers) => {
  const visitor = await readVisitor(headers)
  const live = visitor && (await findLiveSession(visitor))
  return visitor && live && { ...live, by: visitor.by }
}

/**
 * The headers with the cookies as they are by now. An action that renews the session has its page drawn
 * anew within the same request, whose own header still has the session that is over.
 */
async function readPageHeaders(): Promise<Headers> {
  const [head, jar] = await Promise.all([headers(), cookies()])
  const now = new Headers(head)
  now.set('cookie', jar.toString())
  return now
}

/** Who looks at a page; asked once for each. Null: nobody signed in. */
export const readPageVisitor = cache(async () => readLiveVisitor(await readPageHeaders()))

/**
 * What a page's browser should do about its session. `ended`: it is over, though nobody has told this
 * browser. `stale`: the account says something newer by now. Null: nothing.
 */
export async function readSessionFate(): Promise<'ended' | 'stale' | null> {
  const claimed = await readVisitor(await readPageHeaders())
  if (!claimed) return null
  const live = await readPageVisitor()
  if (!live) return 'ended'
  const shown = ['name', 'email', 'role', 'locale', 'awaitsApproval'] as const
  return shown.some((claim) => live[claim] !== claimed[claim]) ? 'stale' : null
}

/** Who looks at an admin's page. Null: nobody, or no admin by the database's word at this moment. */
export async function readPageAdmin(): Promise<Visitor | null> {
  const visitor = await readPageVisitor()
  return visitor?.role === 'ADMIN' ? visitor : null
}

/** What only admins may read; null to everybody else, which their page shows as "not found". */
export async function readAsAdmin<T>(read: () => Promise<T>): Promise<T | null> {
  return (await readPageAdmin()) && read()
}

/** One page of people as an address asks for it. Null: no admin looks. */
export function loadPeople(given: unknown) {
  return readAsAdmin(async () => {
    const query = peopleQuery.parse(given)
    return { ...(await searchPeople(query)), query }
  })
}

/** The account of whoever looks at the page. Null: nobody signed in. */
export async function loadOwnAccount(): Promise<AccountOverview | null> {
  const visitor = await readPageVisitor()
  return visitor && findAccountOverview(visitor.accountId)
}

/** What to show to whoever opened a link in this browser. */
export async function loadLinkVisit(token: string): Promise<LinkVisit> {
  const [link, visitor, signUpId] = await Promise.all([
    findLink(token),
    readPageVisitor(),
    readSignUp(),
  ])
  return link ? decideVisit({ link, visitor, signUpId }) : { view: 'unknown' }
}

const keys = {
  kakao: { clientId: env.KAKAO_CLIENT_ID, clientSecret: env.KAKAO_CLIENT_SECRET },
  naver: { clientId: env.NAVER_CLIENT_ID, clientSecret: env.NAVER_CLIENT_SECRET },
}

/** An empty `scope` is on purpose: what is asked for is set at the provider, and OpenID is not. */
const endpoints = {
  kakao: {
    authorization: `${env.KAKAO_BASE_URL ?? 'https://kauth.kakao.com'}/oauth/authorize?scope`,
    token: `${env.KAKAO_BASE_URL ?? 'https://kauth.kakao.com'}/oauth/token`,
    userinfo: `${env.KAKAO_BASE_URL ?? 'https://kapi.kakao.com'}/v2/user/me`,
  },
  naver: {
    authorization: `${env.NAVER_BASE_URL ?? 'https://nid.naver.com'}/oauth2.0/authorize?scope`,
    token: `${env.NAVER_BASE_URL ?? 'https://nid.naver.com'}/oauth2.0/token`,
    userinfo: `${env.NAVER_BASE_URL ?? 'https://openapi.naver.com'}/v1/nid/me`,
  },
}

/** The providers whose keys the operator has set, for the buttons of a page. */
export function listLoginProviders(): LoginProvider[] {
  return loginProviders.filter((id) => keys[id].clientId && keys[id].clientSecret)
}

/** The same, as the library wants to know them. */
export function listLoginConfigs(): OAuthConfig<unknown>[] {
  return listLoginProviders().map((id) => ({
    id,
    name: id,
    type: 'oauth',
    clientId: keys[id].clientId ?? '',
    clientSecret: keys[id].clientSecret ?? '',
    ...endpoints[id],
    client: { token_endpoint_auth_method: 'client_secret_post' },
    // Neither provider documents PKCE for web sites; the state is bound to this browser by a sealed
    // cookie, and the code is worth nothing without our secret.
    checks: ['state'],
    // Read in `receiveLogin`, where it can be refused: what throws here, the library passes over.
    profile: () => ({ id: 'unread', claims: NOBODY }),
  }))
}

/** Stands where the library wants claims before anybody is known; `signIn` puts the real ones there. */
const NOBODY: SessionClaims = {
  accountId: '',
  email: '',
  name: '',
  role: 'DINER',
  locale: 'ko',
  epoch: -1,
  awaitsApproval: false,
}

/** Where somebody wanted to come back to when they set out; kept by the library in this browser. */
async function readReturn(): Promise<string | undefined> {
  const jar = await cookies()
  return jar.getAll().find(({ name }) => name.endsWith('next-auth.callback-url'))?.value
}

/**
 * What becomes of somebody whom a provider has sent back: the claims of their new session, or the
 * path of the page that tells them what stands in the way.
 */
export async function receiveLogin({
  provider,
  profile,
  readVisitor,
}: {
  provider: LoginProvider
  profile: unknown
  readVisitor: VisitorReader
}): Promise<{ claims: SessionClaims } | { path: string }> {
  const head = await headers()
  const address = readTrustedAddress(head)
  const { path, locale, isConnecting } = readErrand({ returnPath: await readReturn(), provider })
  const tell = (said: Reason | 'mail-sent') => ({
    path: pathToTell({ said, path, locale }),
  })
  const person = readExternalPerson({ provider, profile })
  if (!person) return tell('unexpected')
  if (isConnecting) {
    const visitor = await readVisitor(head)
    // The account page leads to signing in by itself.
    if (!visitor) return tell('signed-out')
    const connected = await connectLogin({ accountId: visitor.accountId, address, person })
    if (connected.ok) after(ringOutboxBell)
    return connected.ok ? { claims: connected.value } : tell(connected.reason)
  }
  const entered = await enterByLogin({ person, locale, address })
  if (!entered.ok) return tell(entered.reason)
  after(ringOutboxBell)
  if (entered.value.isIn) return { claims: entered.value.claims }
  await keepSignUp(entered.value.signUpId)
  return tell('mail-sent')
}

/** Of whoever looks at a page. Null: nobody is signed in. */
export async function loadOwnerStanding(): Promise<OwnerStanding | null> {
  const visitor = await readPageVisitor()
  return visitor && readOwnerStanding(visitor.accountId)
}
