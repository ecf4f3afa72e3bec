import {
  partiesOnOtherDates,
  partyOnOtherDate,
  partySearch,
} from '@/domain/floor/other-dates.schema'
import { findPartiesOnOtherDates } from '@/domain/floor/queries'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { succeed } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'findPartiesOnOtherDates',
  summary: 'Staff: guests of other dates, by name or the last digits of a phone',
  who: readLiveVisitor,
  params: idParams,
  query: partySearch,
  answers: {
    200: named('PartiesOnOtherDates', partiesOnOtherDates, { PartyOnOtherDate: partyOnOtherDate }),
  },
  sorted: {
    items: 'by how near the date is, cancelled ones last; then by startsAt and reservationId',
    'items[].entry.tags': 'by name',
  },
  refusals: ['not-found'],
  answer: async ({ who: { accountId }, params, query }) => {
    const asked = { restaurantId: params.id, accountId, ...query }
    const found = await findPartiesOnOtherDates(asked)
    return found.ok ? succeed({ items: found.value }) : found
  },
})
