import { z } from 'zod'
import { cursorField, dateField, reason, wordField } from '@/domain/identity/admin.schema'
import { type ActingSide, type ReservationStatus, reservationStatuses } from './types'

/** The URL parameters of the reservation list. */
export const reservationSearch = z.object({
  /** The diner's id, or part of their name, address or phone. */
  person: wordField,
  /** Part of the name, the slug or the id. */
  restaurant: wordField,
  date: dateField,
  status: z.enum(reservationStatuses).nullable().catch(null).default(null),
  cursor: cursorField,
})
export type ReservationSearch = z.infer<typeof reservationSearch>

export const cancellation = z.strictObject({ reservationId: z.uuid(), reason })

/** One line of the admins' reservation list. Instants are ISO 8601, UTC. */
export type ReservationLine = {
  id: string
  /** Run-out holds read EXPIRED. */
  status: ReservationStatus
  restaurantId: string
  restaurantName: string
  timeZone: string
  serviceDate: string
  startsAt: string
  partySize: number
  walkIn: boolean
  /** Null: a walk-in, or the diner has deleted their account. */
  dinerId: string | null
  dinerName: string | null
}

export type ReservationRecord = ReservationLine & {
  restaurantSlug: string
  endsAt: string
  createdAt: string
  dinerEmail: string | null
  dinerPhone: string | null
  tableNumbers: number[]
  note: string | null
  /** Null: it was never a hold. */
  holdExpiresAt: string | null
  cancelledBy: ActingSide | null
}

/** A restaurant's service date: its slots, and the parties expected. */
export type DayLoad = {
  serviceDate: string
  slots: number
  taken: number
  parties: number
  guests: number
  /** Confirmed or held, on this date and all later ones. */
  upcoming: number
}
