import { staffActor } from '@/domain/restaurant/author.loaders'
import { changeSlot } from '@/domain/schedule/slot.commands'
import { changedSlot, slotChange } from '@/domain/schedule/slot.schema'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const PATCH = apiRoute({
  operationId: 'changeSlot',
  summary:
    'Staff: block or unblock a free slot. Owner: also delete it, or change its times or parties, which gives it another id.',
  who: staffActor,
  params: idParams,
  body: named('SlotChange', slotChange),
  answers: { 200: named('ChangedSlot', changedSlot) },
  refusals: [
    'invalid',
    'not-found',
    'has-reservations',
    'table-closed',
    'past-time',
    'overlaps-slot',
    'before-day-cut',
    'beyond-day-cut',
  ],
  answer: ({ who: { accountId }, params, body: change, address }) =>
    changeSlot({ slotId: params.id, change, actor: { accountId, address } }),
})
