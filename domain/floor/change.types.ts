import type { ReservationStatus } from '@/domain/booking/types'

/** Something that happened to a party between two readings of the day. */
export type DayChange = {
  reservationId: string
  isNew: boolean
  status: ReservationStatus
  slotIds: string[]
}
