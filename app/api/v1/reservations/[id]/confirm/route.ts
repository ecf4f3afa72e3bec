import { moveRoute } from '@/app/api/v1/reservations/move-route'

export const POST = moveRoute({
  operationId: 'confirmReservation',
  summary: 'Diner: confirm a hold before its deadline',
  act: 'CONFIRM',
  scope: 'diner',
})
