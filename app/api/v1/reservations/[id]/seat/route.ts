import { moveRoute } from '@/app/api/v1/reservations/move-route'

export const POST = moveRoute({
  operationId: 'seatReservation',
  summary: 'Staff: the party sits down',
  act: 'SEAT',
  scope: 'staff',
})
