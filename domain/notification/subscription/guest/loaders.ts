import type { DeviceState } from '../types'
import { readGuestDevices } from './queries'

/** How a guest's ticket can be followed, for the page that its link leads to. */
export function loadGuestDevices(ticketId: string): Promise<DeviceState> {
  return readGuestDevices(ticketId)
}
