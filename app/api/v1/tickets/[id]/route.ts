import { readTicketAsker } from '@/domain/line/loaders'
import { findTicket } from '@/domain/line/queries'
import { apiRoute, jsonResponse } from '@/lib/api'
import { refuse } from '@/lib/result'

export const GET = apiRoute({
  // A ticket's link needs no session; `readTicketAsker` asks everybody else for one.
  who: 'anyone',
  answer: async ({ request, params }) => {
    const asked = await readTicketAsker({ request, idOrToken: params.id })
    if (!asked.ok) return asked
    const { ticketId, asker } = asked.value
    const ticket = await findTicket({ ticketId, accountId: asker.accountId })
    return ticket ? jsonResponse(ticket) : refuse('not-found')
  },
})
