import { postponeTicket } from '@/domain/line/postpone.commands'
import { postponeRequest } from '@/domain/line/schema'
import { partyRoute } from '../../act-route'

export const POST = partyRoute({
  body: postponeRequest,
  act: ({ body, ...asked }) => postponeTicket({ ...asked, ...body }),
})
