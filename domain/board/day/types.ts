import type { ReservationAct, ReservationStatus } from '@/domain/booking/types'

/** A party as the staff of its restaurant see it. */
export type DayParty = {
  reservationId: string
  status: ReservationStatus
  partySize: number
  /** Null: a walk-in, or somebody who has left the service. */
  name: string | null
  phone: string | null
  note: string | null
  walkIn: boolean
  startsAt: string
  endsAt: string
  holdExpiresAt: string | null
  cancelledBy: string | null
  slotIds: string[]
  tableNumbers: number[]
  /** What may be done now. */
  acts: ReservationAct[]
}
export type DaySlot = {
  slotId: string
  tableNumber: number
  minParty: number
  maxParty: number
  startsAt: string
  endsAt: string
  state: 'FREE' | 'HELD' | 'TAKEN' | 'BLOCKED'
  /** Null: nobody occupies it. */
  reservationId: string | null
}
/** The owner's private day: every slot, and every party of the date, whatever became of it. */
export type Day = {
  restaurantId: string
  serviceDate: string
  timeZone: string
  asOf: string
  opensAt: string | null
  bookingsOn: boolean
  closed: boolean
  pollAfterMs: number
  tables: { number: number; minParty: number; maxParty: number }[]
  slots: DaySlot[]
  parties: DayParty[]
}
