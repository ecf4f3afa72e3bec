import { signIn } from '@/domain/identity/commands'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { credentials } from '@/domain/identity/schema'
import { SESSION_SECONDS, signSession } from '@/lib/crypto/session-token'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { readTrustedAddress, readVisitor } from '@/lib/http/session'
import { keepSession } from '@/lib/http/session-cookie'

/** Who the cookie or token belongs to; `user` is null for nobody. No database. */
export const GET = apiRoute({
  who: 'anyone',
  answer: async ({ request }) => {
    const visitor = await readVisitor(request.headers)
    const user = visitor && {
      id: visitor.accountId,
      name: visitor.name,
      role: visitor.role,
      awaitsApproval: visitor.awaitsApproval,
    }
    return jsonResponse({ user })
  },
})

/**
 * Says again what the account says now, when a page saw that the session says something older. No
 * action, because an action that sets a cookie has its whole page drawn anew, under a finger perhaps.
 */
export const PUT = apiRoute({
  who: readLiveVisitor,
  answer: async ({ who: { by, ...claims } }) => {
    // Whoever brings a token of their own keeps it; a cookie would be another session.
    if (by === 'cookie') await keepSession(claims)
    return new Response(null, { status: 204 })
  },
})

export const POST = apiRoute({
  who: 'anyone',
  body: credentials,
  answer: async ({ body, request }) => {
    const signedIn = await signIn({
      credentials: body,
      address: readTrustedAddress(request.headers),
    })
    if (!signedIn.ok) return signedIn
    const { accountId: id, email, name, role } = signedIn.value
    const expiresAt = new Date(Date.now() + SESSION_SECONDS * 1000).toISOString()
    const token = await signSession(signedIn.value)
    return jsonResponse({ token, expiresAt, user: { id, email, name, role } }, 201)
  },
})
