import { moveRoute } from '@/app/api/v1/reservations/move-route'

export const POST = moveRoute({
  operationId: 'confirmReservation',
  summary:
    'Confirm a hold before its deadline. Diner: your own, unless it awaits staff. Staff: any',
  act: 'CONFIRM',
  scope: 'either',
})
