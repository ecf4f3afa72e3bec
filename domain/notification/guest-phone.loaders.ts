import { readGuestDevices } from './guest-phone.queries'
import type { DeviceState } from './subscription.types'

/** How a guest's ticket can be followed, for the page that its link leads to. */
export function loadGuestDevices(ticketId: string): Promise<DeviceState> {
  return readGuestDevices(ticketId)
}
