import { readProver } from '@/domain/identity/loaders'
import { mailedProofCode } from '@/domain/identity/proof.schema'
import { mailProofCode } from '@/domain/identity/proving.commands'
import { readOwnSession } from '@/domain/identity/session.loaders'
import { ringOutboxBell } from '@/lib/db/outbox'
import { after } from '@/lib/http/after'
import { apiRoute } from '@/lib/http/api'
import { readBrowser } from '@/lib/http/browser'
import { named } from '@/lib/http/contract'

export const POST = apiRoute({
  operationId: 'mailProofCode',
  summary:
    'Mail the own address a code for `proveSession`; it works in this session for ten minutes',
  who: readProver,
  answers: { 202: named('MailedProofCode', mailedProofCode) },
  refusals: ['rate-limited'],
  answer: async ({ who, address, request }) => {
    const session = await readOwnSession(who)
    if (!session.ok) return session
    const browser = readBrowser(request.headers.get('user-agent'))
    const mailed = await mailProofCode({ ...session.value, browser, address })
    if (mailed.ok) after(ringOutboxBell)
    return mailed
  },
})
