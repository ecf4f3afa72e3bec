import { moveTicket } from '@/domain/line/move.commands'
import { staffRoute, ticketMoved } from '../../act-route'

export const POST = staffRoute({
  operationId: 'putTicketBack',
  summary: 'Staff: put a lapsed party back near the front',
  answer: ticketMoved,
  refusals: ['already-in-line'],
  act: ({ body: _, ...asked }) => moveTicket({ ...asked, act: 'PUT_BACK', scope: 'staff' }),
})
