import { findKioskRestaurant } from '@/domain/line/kiosk.queries'
import { kioskRestaurant, kioskToken } from '@/domain/line/kiosk.schema'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'readKiosk',
  summary: 'With a Kiosk-Token: the restaurant whose tablet this is.',
  // A tablet at the door has no session; its token identifies the restaurant.
  who: 'anyone',
  answers: { 200: named('KioskRestaurant', kioskRestaurant) },
  refusals: ['kiosk-revoked'],
  answer: async ({ request }) => {
    const token = kioskToken.safeParse(request.headers.get('kiosk-token'))
    return token.success ? findKioskRestaurant(token.data) : refuse('kiosk-revoked')
  },
})
