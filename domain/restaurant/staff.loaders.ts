import { listInvitations } from './invitation.queries'
import { listStaff } from './staff.queries'

/** Of a restaurant that whoever looks may change: `loadStaffRestaurant` has decided it. */
export async function loadStaff(restaurantId: string) {
  const [members, invitations] = await Promise.all([
    listStaff(restaurantId),
    listInvitations(restaurantId),
  ])
  return { members, invitations }
}
