import { moveTicket } from '@/domain/line/move.commands'
import { cancelRequest } from '@/domain/line/schema'
import { partyRoute } from '../../act-route'

/** Of one's own ticket; for staff, of their guests'. */
export const POST = partyRoute({
  body: cancelRequest,
  act: ({ body, ...asked }) => moveTicket({ ...asked, ...body, act: 'CANCEL', scope: 'either' }),
})
