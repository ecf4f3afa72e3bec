import { moveRoute } from '@/app/api/v1/reservations/move-route'

export const POST = moveRoute({
  operationId: 'cancelReservation',
  summary: 'Diner: cancel your own. Staff: cancel a guest’s',
  act: 'CANCEL',
  scope: 'either',
})
