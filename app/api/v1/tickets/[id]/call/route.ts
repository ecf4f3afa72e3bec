import { moveRoute } from '../../act-route'

export const POST = moveRoute({
  operationId: 'callTicket',
  summary: 'Staff: come in now',
  act: 'CALL',
})
