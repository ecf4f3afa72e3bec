import { enterUnbooked } from '@/domain/booking/entry.commands'
import { openingEntry } from '@/domain/opening/schema'
import { admitTo } from '@/domain/opening/turn.commands'
import { estimateDatabaseNowMs } from '@/lib/db/clock'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { readVisitor } from '@/lib/http/session'

export const POST = apiRoute({
  operationId: 'enterOpening',
  direct: 'POST /api/v1/openings/{id}/entries',
  summary: 'Enter the lobby, or come late. Asking again gives the same receipt.',
  // The statement that enters also checks that the session is still valid.
  who: readVisitor,
  params: idParams,
  answers: { 201: named('OpeningEntry', openingEntry) },
  refusals: [
    'not-found',
    'address-unconfirmed',
    'shared-tablet',
    'mailbox-entered',
    'not-open-yet',
    'opening-over',
    'already-booked',
    'no-shows',
    'sold-out',
    'rate-limited',
  ],
  answer: async ({ who, params, address }) => {
    const { accountId, epoch, sessionId } = who
    const receivedMs = estimateDatabaseNowMs()
    const admitted = await admitTo({ act: 'enter', accountId, address })
    if (!admitted.ok) return admitted
    const receivedAt = receivedMs === null ? null : new Date(receivedMs)
    return enterUnbooked({ openingId: params.id, accountId, epoch, sessionId, receivedAt })
  },
})
