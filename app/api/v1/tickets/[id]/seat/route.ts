import { seatRequest } from '@/domain/line/schema'
import { seatTicket } from '@/domain/line/seat.commands'
import { named } from '@/lib/http/contract'
import { staffRoute, ticketMoved } from '../../act-route'

export const POST = staffRoute({
  operationId: 'seatTicket',
  summary: 'Staff: the party sits down, at named slots, or at tables from now on',
  body: named('SeatRequest', seatRequest),
  answer: ticketMoved,
  refusals: [
    'other-date',
    'table-needed',
    'no-such-table',
    'slot-taken',
    'table-occupied',
    'past-time',
    'no-such-time',
    'beyond-day-cut',
    'next-party-soon',
    'party-size',
  ],
  act: ({ body, ...asked }) => seatTicket({ ...asked, ...body }),
})
