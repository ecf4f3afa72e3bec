import { listGuests } from '@/domain/guest/queries'
import { guest, guestPage, guestSearch } from '@/domain/guest/schema'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const GET = apiRoute({
  operationId: 'listGuests',
  summary: 'Staff: the people the restaurant knows, by name or the last digits of a phone',
  who: readLiveVisitor,
  params: idParams,
  query: guestSearch,
  answers: { 200: named('GuestPage', guestPage, { Guest: guest }) },
  sorted: { items: 'the newest first; ties by id' },
  refusals: ['not-found'],
  answer: ({ who: { accountId }, params, query }) =>
    listGuests({ restaurantId: params.id, accountId, ...query }),
})
