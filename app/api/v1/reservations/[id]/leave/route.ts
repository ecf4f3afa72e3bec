import { moveRoute } from '@/app/api/v1/reservations/move-route'

export const POST = moveRoute({
  operationId: 'endReservation',
  summary: 'Staff: the party has left',
  act: 'LEAVE',
  scope: 'staff',
})
