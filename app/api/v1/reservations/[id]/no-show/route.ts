import { moveRoute } from '@/app/api/v1/reservations/move-route'

export const POST = moveRoute({
  operationId: 'markNoShow',
  summary: 'Staff: the party did not come',
  act: 'NO_SHOW',
  scope: 'staff',
})
