import { readTicketAsker } from '@/domain/line/loaders'
import { findTicket } from '@/domain/line/queries'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  // A ticket's link needs no session.
  who: { read: readTicketAsker },
  answer: async ({ who: { ticketId, asker } }) => {
    const ticket = await findTicket({ ticketId, accountId: asker.accountId })
    return ticket ? jsonResponse(ticket) : refuse('not-found')
  },
})
