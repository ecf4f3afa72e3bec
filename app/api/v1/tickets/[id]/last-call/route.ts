import { moveRoute } from '../../act-route'

export const POST = moveRoute({
  operationId: 'callTicketLast',
  summary: 'Staff: come within ten minutes, or the ticket lapses by itself',
  act: 'LAST_CALL',
})
