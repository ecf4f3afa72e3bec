import { moveRoute } from '@/app/api/v1/reservations/move-route'

export const POST = moveRoute({ act: 'CORRECT_NO_SHOW', scope: 'staff' })
