import { moveRoute } from '@/app/api/v1/reservations/move-route'

export const POST = moveRoute({
  operationId: 'correctSeat',
  summary: 'Staff: the party does not sit yet',
  act: 'CORRECT_SEAT',
  scope: 'staff',
})
