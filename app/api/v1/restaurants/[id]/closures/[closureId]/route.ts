import { z } from 'zod'
import { endTableClosure } from '@/domain/floor/table-closure.commands'
import {
  closureEnd,
  proposedMove,
  tableClosure,
  tableClosureList,
  touchedParty,
} from '@/domain/floor/table-closure.schema'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

const params = z.object({ id: z.uuid(), closureId: z.uuid() })
const left = named('TableClosureList', tableClosureList, {
  TableClosure: tableClosure,
  TouchedParty: touchedParty,
  ProposedMove: proposedMove,
})
const sorted = {
  '': 'by from',
  '[].tableNumbers': 'upwards',
  '[].parties': 'by startsAt',
  '[].parties[].tableNumbers': 'upwards',
  '[].parties[].move.tableNumbers': 'upwards',
}

export const PATCH = apiRoute({
  operationId: 'shortenTableClosure',
  summary: 'Staff: let a closing end earlier than was said. Answers what is closed.',
  who: staffActor,
  params,
  body: named('TableClosureEnd', closureEnd),
  answers: { 200: left },
  sorted,
  refusals: ['not-found', 'not-shorter', 'past-time', 'busy'],
  answer: ({ who: { accountId }, params: { id, closureId }, body: { to }, address }) =>
    endTableClosure({ restaurantId: id, closureId, to, actor: { accountId, address } }),
})

export const DELETE = apiRoute({
  operationId: 'reopenTables',
  summary:
    'Staff: open the tables again at once. Slots that were blocked by hand stay blocked. Answers what is still closed.',
  who: staffActor,
  params,
  answers: { 200: left },
  sorted,
  refusals: ['not-found', 'not-shorter', 'past-time', 'busy'],
  answer: ({ who: { accountId }, params: { id, closureId }, address }) =>
    endTableClosure({ restaurantId: id, closureId, actor: { accountId, address } }),
})
