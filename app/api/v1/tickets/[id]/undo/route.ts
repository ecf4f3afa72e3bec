import { movedTicket, undoRequest } from '@/domain/line/schema'
import { undoTicketAct } from '@/domain/line/undo.commands'
import { named } from '@/lib/http/contract'
import { BY_LINK, partyRoute } from '../../act-route'

/** Undoes the party's own act; staff use `/undo`. */
export const POST = partyRoute({
  operationId: 'undoTicketAct',
  summary: `Take one’s own cancellation back within ten seconds. ${BY_LINK}`,
  body: named('UndoRequest', undoRequest),
  answer: named('UndoneTicketAct', movedTicket.omit({ undoUntil: true })),
  refusals: ['too-late', 'already-in-line'],
  act: ({ body, ...asked }) => undoTicketAct({ ...asked, ...body }),
})
