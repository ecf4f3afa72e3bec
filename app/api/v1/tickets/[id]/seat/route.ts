import { seatRequest } from '@/domain/line/schema'
import { seatTicket } from '@/domain/line/seat.commands'
import { staffRoute } from '../../act-route'

export const POST = staffRoute({
  body: seatRequest,
  act: ({ body, ...asked }) => seatTicket({ ...asked, ...body }),
})
