import { moveTicket } from '@/domain/line/move.commands'
import { staffActOnTicket, staffRoute, ticketMoved } from '../../act-route'

export const POST = staffRoute({
  operationId: 'putTicketBack',
  summary: 'Staff: put a lapsed party back near the front',
  answer: ticketMoved,
  body: staffActOnTicket,
  refusals: ['already-in-line', 'other-date'],
  act: ({ body, ...asked }) => moveTicket({ ...asked, ...body, act: 'PUT_BACK', scope: 'staff' }),
})
