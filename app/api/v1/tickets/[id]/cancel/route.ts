import { moveTicket } from '@/domain/line/move.commands'
import { cancelRequest } from '@/domain/line/schema'
import { named } from '@/lib/http/contract'
import { BY_LINK, partyRoute, ticketMoved } from '../../act-route'

export const POST = partyRoute({
  operationId: 'cancelTicket',
  summary: `Leave the line; staff: take a party out, and say why. ${BY_LINK}`,
  body: named('TicketCancellation', cancelRequest),
  answer: ticketMoved,
  refusals: ['other-date'],
  act: ({ body, ...asked }) => moveTicket({ ...asked, ...body, act: 'CANCEL', scope: 'either' }),
})
