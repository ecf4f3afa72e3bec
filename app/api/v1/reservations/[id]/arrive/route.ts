import { moveRoute } from '@/app/api/v1/reservations/move-route'

export const POST = moveRoute({
  operationId: 'markArrived',
  summary: 'Staff: the party is here and waits for its table',
  act: 'ARRIVE',
  scope: 'staff',
})
