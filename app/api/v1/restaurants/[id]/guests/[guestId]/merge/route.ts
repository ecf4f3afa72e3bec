import { z } from 'zod'
import { guestMerge, mergedGuests } from '@/domain/guest/entry.schema'
import { mergeGuests, splitGuest } from '@/domain/guest/merge.commands'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

const params = z.object({ id: z.uuid(), guestId: z.uuid() })
const merged = named('MergedGuests', mergedGuests)

export const POST = apiRoute({
  operationId: 'mergeGuests',
  summary:
    'Staff: a guest is the same person as another, and part of that entry from now on. Asked again, it is done already.',
  who: staffActor,
  params,
  body: named('GuestMerge', guestMerge),
  answers: { 200: merged },
  refusals: ['not-found', 'same-guest', 'already-merged'],
  answer: ({ who: { accountId }, params: { id, guestId }, body, address }) =>
    mergeGuests({ restaurantId: id, guestId, into: body.into, actor: { accountId, address } }),
})

export const DELETE = apiRoute({
  operationId: 'splitGuest',
  summary: 'Staff: take a merge back, however long ago',
  who: staffActor,
  params,
  answers: { 200: merged },
  refusals: ['not-found', 'not-merged'],
  answer: ({ who: { accountId }, params: { id, guestId }, address }) =>
    splitGuest({ restaurantId: id, guestId, actor: { accountId, address } }),
})
