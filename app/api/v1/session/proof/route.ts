import { readProver } from '@/domain/identity/loaders'
import { ownProof } from '@/domain/identity/proof.schema'
import { proveByCode, proveByPassword } from '@/domain/identity/proving.commands'
import { readOwnSession } from '@/domain/identity/session.loaders'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const POST = apiRoute({
  operationId: 'proveSession',
  summary:
    'Prove who the session’s person is, by password or mailed code: what is refused `proof-needed` goes on for ten minutes',
  who: readProver,
  body: named('Proof', ownProof),
  answers: { 204: null },
  refusals: [
    ...(['rate-limited', 'wrong-password', 'changed-meanwhile', 'request-unknown'] as const),
    ...(['code-wrong', 'code-over', 'code-used', 'code-tries'] as const),
    ...(['link-unknown', 'link-expired', 'link-used'] as const),
  ],
  answer: async ({ who, body, address }) => {
    const session = await readOwnSession(who)
    if (!session.ok) return session
    const own = { ...session.value, address }
    return 'code' in body ? proveByCode({ ...own, ...body }) : proveByPassword({ ...own, ...body })
  },
})
