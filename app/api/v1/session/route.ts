import { z } from 'zod'
import { signIn } from '@/domain/identity/commands'
import { readProver } from '@/domain/identity/loaders'
import { credentials, sessionAnswer } from '@/domain/identity/schema'
import { signOut } from '@/domain/identity/session.commands'
import {
  continueSession,
  leavingVisitor,
  readRecentVisitor,
} from '@/domain/identity/session.loaders'
import { signSession } from '@/lib/crypto/session-token'
import { apiRoute } from '@/lib/http/api'
import { readBrowser } from '@/lib/http/browser'
import { named } from '@/lib/http/contract'
import { forgetSession } from '@/lib/http/session-cookie'
import { succeed } from '@/lib/problems/result'

const sessionOwner = z.object({
  /** Null: the visitor is signed out. */
  user: z
    .object({
      id: z.uuid(),
      name: z.string(),
      role: z.enum(['DINER', 'OWNER', 'ADMIN']),
      awaitsApproval: z.boolean(),
    })
    .nullable(),
})

/** Every page asks this, so the database is asked about a session once a minute. */
export const GET = apiRoute({
  operationId: 'readSession',
  summary: 'Who the session belongs to',
  who: 'anyone',
  answers: { 200: named('SessionOwner', sessionOwner) },
  refusals: [],
  answer: async ({ request }) => {
    const visitor = await readRecentVisitor(request.headers)
    if (!visitor) return succeed({ user: null })
    const { accountId: id, name, role, awaitsApproval } = visitor
    return succeed({ user: { id, name, role, awaitsApproval } })
  },
})

/**
 * For a page whose own check finds the session out of date. A server action would not do: setting a
 * cookie in one redraws the whole page, perhaps under the visitor's finger.
 */
export const PUT = apiRoute({
  operationId: 'renewSession',
  summary: 'Renew the session cookie with what the account says now',
  who: readProver,
  answers: { 204: null },
  refusals: [],
  // A session that ends meanwhile is not renewed, and its page hears so when it asks next.
  answer: async ({ who }) => {
    await continueSession({ who, claims: who })
    return succeed(null)
  },
})

export const DELETE = apiRoute({
  operationId: 'signOut',
  summary: 'Sign out: ends the session of the token or cookie, which is worthless from then on',
  who: leavingVisitor,
  answers: { 204: null },
  refusals: [],
  answer: async ({ who, address }) => {
    const ended = who ? await signOut({ who, address }) : succeed(null)
    if (ended.ok && who?.by !== 'bearer') await forgetSession()
    return ended
  },
})

export const POST = apiRoute({
  operationId: 'signIn',
  summary: 'Sign in for a bearer token',
  who: 'anyone',
  body: named('Credentials', credentials),
  answers: { 201: named('Session', sessionAnswer) },
  refusals: ['wrong-credentials', 'rate-limited', 'passkey-needed'],
  answer: async ({ body, address, request }) => {
    const browser = readBrowser(request.headers.get('user-agent'))
    const signedIn = await signIn({ credentials: body, address, browser })
    if (!signedIn.ok) return signedIn
    const { accountId: id, email, name, role, endsAt } = signedIn.value
    const expiresAt = new Date(endsAt * 1000).toISOString()
    const token = await signSession(signedIn.value)
    return succeed({ token, expiresAt, user: { id, email, name, role } })
  },
})
