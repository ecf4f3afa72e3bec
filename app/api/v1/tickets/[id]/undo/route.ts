import { undoRequest } from '@/domain/line/schema'
import { undoTicketAct } from '@/domain/line/undo.commands'
import { partyRoute } from '../../act-route'

/** A party takes its own cancellation back; staff have `/undo`. */
export const POST = partyRoute({
  body: undoRequest,
  act: ({ body, ...asked }) => undoTicketAct({ ...asked, ...body }),
})
