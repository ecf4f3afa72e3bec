import { openingCurves } from '@/domain/booking/opening-curves.schema'
import { readOwnCurves } from '@/domain/booking/rehearsal.queries'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const GET = apiRoute({
  operationId: 'readOpeningCurves',
  summary: 'Owner: how many have entered and taken turns, and the seats left, at even instants',
  who: readLiveVisitor,
  params: idParams,
  answers: { 200: named('OpeningCurves', openingCurves) },
  sorted: { entered: 'by instant', turns: 'by instant', seatsLeft: 'by instant' },
  refusals: ['not-found'],
  answer: ({ who: { accountId }, params: { id } }) => readOwnCurves({ openingId: id, accountId }),
})
