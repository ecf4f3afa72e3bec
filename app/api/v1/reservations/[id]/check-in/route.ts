import { checkIn } from '@/domain/floor/check-in.schema'
import { findCheckIn } from '@/domain/floor/queries'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const GET = apiRoute({
  operationId: 'readCheckIn',
  summary: 'Staff: whose code it is that a diner shows, and on which board it stands',
  who: readLiveVisitor,
  params: idParams,
  answers: { 200: named('CheckIn', checkIn) },
  refusals: ['not-found'],
  answer: ({ who, params }) => findCheckIn({ reservationId: params.id, accountId: who.accountId }),
})
