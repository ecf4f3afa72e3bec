import { ticketAsker } from '@/domain/line/loaders'
import { findTicket } from '@/domain/line/queries'
import { ticketView } from '@/domain/line/schema'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { refuse, succeed } from '@/lib/problems/result'
import { BY_LINK } from '../act-route'

export const GET = apiRoute({
  operationId: 'readTicket',
  summary: `One’s own ticket. ${BY_LINK}`,
  who: ticketAsker,
  answers: { 200: named('Ticket', ticketView) },
  refusals: ['not-found'],
  answer: async ({ who: { ticketId, asker } }) => {
    const ticket = await findTicket({ ticketId, accountId: asker.accountId })
    return ticket ? succeed(ticket) : refuse('not-found')
  },
})
