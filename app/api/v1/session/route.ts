import { z } from 'zod'
import { signIn } from '@/domain/identity/commands'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { credentials, sessionAnswer } from '@/domain/identity/schema'
import { SESSION_SECONDS, signSession } from '@/lib/crypto/session-token'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { readVisitor } from '@/lib/http/session'
import { keepSession } from '@/lib/http/session-cookie'
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

/** Reads the cookie or token alone, without the database. */
export const GET = apiRoute({
  operationId: 'readSession',
  summary: 'Who the session belongs to',
  who: 'anyone',
  answers: { 200: named('SessionOwner', sessionOwner) },
  refusals: [],
  answer: async ({ request }) => {
    const visitor = await readVisitor(request.headers)
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
  who: readLiveVisitor,
  answers: { 204: null },
  refusals: [],
  answer: async ({ who: { by, ...claims } }) => {
    // A client that sends its own token keeps it; a cookie would be a second session.
    if (by === 'cookie') await keepSession(claims)
    return succeed(null)
  },
})

export const POST = apiRoute({
  operationId: 'signIn',
  summary: 'Sign in for a bearer token',
  who: 'anyone',
  body: named('Credentials', credentials),
  answers: { 201: named('Session', sessionAnswer) },
  refusals: ['wrong-credentials', 'rate-limited'],
  answer: async ({ body, address }) => {
    const signedIn = await signIn({ credentials: body, address })
    if (!signedIn.ok) return signedIn
    const { accountId: id, email, name, role } = signedIn.value
    const expiresAt = new Date(Date.now() + SESSION_SECONDS * 1000).toISOString()
    const token = await signSession(signedIn.value)
    return succeed({ token, expiresAt, user: { id, email, name, role } })
  },
})
