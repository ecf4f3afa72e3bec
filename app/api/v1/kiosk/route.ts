import { findKioskRestaurant } from '@/domain/line/kiosk.queries'
import { kioskToken } from '@/domain/line/kiosk.schema'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  // A tablet at the door has no session; the token it was given says whose door it is.
  who: 'anyone',
  answer: async ({ request }) => {
    const token = kioskToken.safeParse(request.headers.get('kiosk-token'))
    if (!token.success) return refuse('kiosk-revoked')
    const restaurant = await findKioskRestaurant(token.data)
    return restaurant.ok ? jsonResponse(restaurant.value) : restaurant
  },
})
