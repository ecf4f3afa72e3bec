import { findKioskRestaurant } from '@/domain/line/kiosk.queries'
import { kioskRestaurant, kioskToken } from '@/domain/line/kiosk.schema'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { KIOSK_TOKEN, kioskHeader } from '@/lib/http/headers'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'readKiosk',
  summary: 'With a Kiosk-Token: the restaurant whose tablet this is.',
  // A tablet at the door has no session; its token identifies the restaurant.
  who: 'anyone',
  headers: kioskHeader,
  answers: { 200: named('KioskRestaurant', kioskRestaurant) },
  refusals: ['kiosk-revoked'],
  answer: async ({ readHeader }) => {
    const token = kioskToken.safeParse(readHeader(KIOSK_TOKEN))
    return token.success ? findKioskRestaurant(token.data) : refuse('kiosk-revoked')
  },
})
