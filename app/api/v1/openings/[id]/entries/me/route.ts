import { readOwnPlace } from '@/domain/booking/entry.queries'
import { ownEntry } from '@/domain/booking/entry.schema'
import { readOwnVisitor } from '@/domain/identity/loaders'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const GET = apiRoute({
  operationId: 'readOwnEntry',
  direct: 'GET /api/v1/openings/{id}/entries/me',
  summary: 'Your own entry, with its receipt and what you have booked of that date',
  who: readOwnVisitor,
  params: idParams,
  answers: { 200: named('OwnOpeningEntry', ownEntry) },
  refusals: ['not-found', 'already-booked'],
  answer: ({ who: { accountId }, params }) => readOwnPlace({ openingId: params.id, accountId }),
})
