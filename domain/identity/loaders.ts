import { cookies, headers } from 'next/headers'
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { cache } from 'react'
import { SESSION_SECONDS, signSession, verifySession } from '@/lib/crypto/session-token'
import { env } from '@/lib/env'
import {
  readTrustedAddress,
  readVisitor,
  sessionCookieName,
  sessionCookieOptions,
  type Visitor,
  type VisitorReader,
} from '@/lib/http/session'
import { readSignUp } from '@/lib/http/sign-up-cookie'
import { log } from '@/lib/log'
import { refuseFailure } from '@/lib/problems/failure'
import { signIn } from './commands'
import { listLoginConfigs, receiveLogin } from './external-login.loaders'
import { decideVisit, type LinkVisit } from './link.rules'
import { searchPeople } from './people.queries'
import { peopleQuery } from './people.schema'
import { findAccountOverview, findLink, findLiveSession, readOwnerApplication } from './queries'
import { readReturnPath } from './rules'
import { credentials } from './schema'
import { type AccountOverview, loginProviders, type OwnerApplication } from './types'

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
 * The headers with the cookies as they are by now. An action that renews the session has its page
 * drawn anew within the same request, whose own header still has the session that is over.
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
 * What a page's browser should do about its session. `ended`: it is over, though nobody has told
 * this browser. `stale`: the account says something newer by now. Null: nothing.
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

/** Of whoever looks at a page. Null: nobody is signed in. */
export async function loadOwnerApplication(): Promise<OwnerApplication | null> {
  const visitor = await readPageVisitor()
  return visitor && readOwnerApplication(visitor.accountId)
}
