import { readOwnVisitor } from '@/domain/identity/loaders'
import { sessionSeal } from '@/domain/identity/seal.schema'
import { readOwnSession } from '@/domain/identity/session.loaders'
import { deriveSessionSeal } from '@/lib/crypto/session-seal'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { succeed } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'readSessionSeal',
  summary: 'The keys by which this session’s browser encrypts what it keeps without a network',
  who: readOwnVisitor,
  answers: { 200: named('SessionSeal', sessionSeal) },
  refusals: [],
  answer: async ({ who }) => {
    const session = await readOwnSession(who)
    if (!session.ok) return session
    const { accountId } = session.value
    return succeed({ accountId, ...deriveSessionSeal(session.value) })
  },
})
