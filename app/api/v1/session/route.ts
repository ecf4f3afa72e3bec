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
  /** Null: nobody. */
  user: z
    .object({
      id: z.uuid(),
      name: z.string(),
      role: z.enum(['DINER', 'OWNER', 'ADMIN']),
      awaitsApproval: z.boolean(),
    })
    .nullable(),
})

/** By the cookie or token alone: no database. */
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
 * When a page saw that the session says something older. No action, because an action that sets a
 * cookie has its whole page drawn anew, under a finger perhaps.
 */
export const PUT = apiRoute({
  operationId: 'renewSession',
  summary: 'Renew the session cookie with what the account says now',
  who: readLiveVisitor,
  answers: { 204: null },
  refusals: [],
  answer: async ({ who: { by, ...claims } }) => {
    // A client that brings a token of its own keeps it; a cookie would be another session.
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
