import { postponeTicket } from '@/domain/line/postpone.commands'
import { postponeRequest } from '@/domain/line/schema'
import { named } from '@/lib/http/contract'
import { BY_LINK, partyRoute, ticketMoved } from '../../act-route'

export const POST = partyRoute({
  operationId: 'postponeTicket',
  summary: `Let others pass, at most twice. ${BY_LINK}`,
  body: named('Postponement', postponeRequest),
  answer: ticketMoved,
  refusals: ['postponed-twice', 'behind-oneself', 'behind-earlier', 'behind-ended'],
  act: ({ body, ...asked }) => postponeTicket({ ...asked, ...body }),
})
