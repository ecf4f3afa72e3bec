import { moveRoute } from '@/app/api/v1/reservations/move-route'

export const POST = moveRoute({
  operationId: 'correctNoShow',
  summary: 'Staff: it did come',
  act: 'CORRECT_NO_SHOW',
  scope: 'staff',
})
