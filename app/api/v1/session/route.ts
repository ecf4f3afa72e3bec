import { signIn } from '@/domain/identity/commands'
import { credentials } from '@/domain/identity/schema'
import { apiRoute, jsonResponse } from '@/lib/api'
import { readTrustedAddress, readVisitor } from '@/lib/session'
import { SESSION_SECONDS, signSession } from '@/lib/token'

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
