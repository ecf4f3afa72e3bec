import { z } from 'zod'
import { writeDownGuest } from '@/domain/guest/diner.commands'
import { guestMarks, guestPage, guestTag, knownGuest, partyRef } from '@/domain/guest/entry.schema'
import { listGuests } from '@/domain/guest/queries'
import { guest, guestSearch } from '@/domain/guest/schema'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

const parts = { Guest: guest, KnownGuest: knownGuest, GuestMarks: guestMarks, GuestTag: guestTag }

export const GET = apiRoute({
  operationId: 'listGuests',
  summary: 'Staff: the people the restaurant knows, by name or the last digits of a phone',
  who: staffActor,
  params: idParams,
  query: guestSearch,
  answers: { 200: named('GuestPage', guestPage, parts) },
  sorted: { items: 'the newest first; ties by id', 'items[].marks.tags': 'by name' },
  refusals: ['not-found'],
  answer: ({ who: { accountId }, params, query }) =>
    listGuests({ restaurantId: params.id, accountId, ...query }),
})

export const POST = apiRoute({
  operationId: 'writeDownGuest',
  summary:
    'Staff: put the diner of a reservation or ticket into the guest book, or find them there',
  who: staffActor,
  params: idParams,
  body: named('GuestParty', partyRef),
  answers: { 200: named('WrittenGuest', z.object({ id: z.uuid() })) },
  refusals: ['not-found', 'no-person'],
  answer: ({ who: { accountId }, params, body, address }) =>
    writeDownGuest({ restaurantId: params.id, party: body, actor: { accountId, address } }),
})
