import { closeTables } from '@/domain/floor/table-closure.commands'
import { readTableClosures } from '@/domain/floor/table-closure.queries'
import {
  proposedMove,
  tableClosure,
  tableClosureDraft,
  tableClosureList,
  touchedParty,
} from '@/domain/floor/table-closure.schema'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

const parts = { TableClosure: tableClosure, TouchedParty: touchedParty, ProposedMove: proposedMove }

export const GET = apiRoute({
  operationId: 'readTableClosures',
  summary: 'Staff: tables that are closed now or will be, their parties, and a move for each',
  who: staffActor,
  params: idParams,
  answers: { 200: named('TableClosureList', tableClosureList, parts) },
  sorted: {
    '': 'by from',
    '[].tableNumbers': 'upwards',
    '[].parties': 'by startsAt',
    '[].parties[].tableNumbers': 'upwards',
    '[].parties[].move.tableNumbers': 'upwards',
  },
  refusals: ['not-found'],
  answer: ({ who: { accountId }, params }) =>
    readTableClosures({ restaurantId: params.id, accountId }),
})

export const POST = apiRoute({
  operationId: 'closeTables',
  summary:
    'Staff: close an area or tables for a while. Parties there stay until they are moved; the answer proposes where to.',
  who: staffActor,
  params: idParams,
  body: named('TableClosureDraft', tableClosureDraft),
  answers: {
    201: named('TableClosure', tableClosure, {
      TouchedParty: touchedParty,
      ProposedMove: proposedMove,
    }),
  },
  sorted: {
    tableNumbers: 'upwards',
    parties: 'by startsAt',
    'parties[].tableNumbers': 'upwards',
    'parties[].move.tableNumbers': 'upwards',
  },
  refusals: [
    'invalid',
    'not-found',
    'no-such-table',
    'area-empty',
    'past-time',
    'already-closed',
    'busy',
  ],
  answer: ({ who: { accountId }, params, body: closure, address }) =>
    closeTables({ restaurantId: params.id, closure, actor: { accountId, address } }),
})
