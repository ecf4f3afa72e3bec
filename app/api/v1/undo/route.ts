import { z } from 'zod'
import { undoRequest } from '@/domain/line/schema'
import { undoAnyAct } from '@/domain/line/undo.commands'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

const undoneAct = z.object({ id: z.uuid(), status: z.string(), actId: z.uuid() })

export const POST = apiRoute({
  operationId: 'undoAct',
  summary: 'Staff: take an act back within ten seconds',
  who: staffActor,
  body: undoRequest,
  key: 'optional',
  answers: { 200: named('UndoneAct', undoneAct) },
  refusals: [
    'already-in-line',
    'in-progress',
    'key-reused',
    'not-found',
    'too-late',
    'hold-expired',
    'slot-taken',
    'table-occupied',
    'no-such-table',
    'already-booked',
    'closed-day',
    'not-open-yet',
  ],
  answer: ({ who: { accountId }, body, key, address }) =>
    undoAnyAct({ actId: body.actId, actor: { accountId, address }, key }),
})
