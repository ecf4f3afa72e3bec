import { z } from 'zod'
import { cursorField, dateField, reason, wordField } from '@/domain/identity/admin.schema'
import { type ActorKind, type ReservationStatus, reservationStatuses } from './types'

/** What the address of the list of reservations asks for. */
export const reservationSearch = z.object({
  /** Its id, or a part of who booked it: name, address, phone. */
  person: wordField,
  /** A part of the name, the slug or the id. */
  restaurant: wordField,
  date: dateField,
  status: z.enum(reservationStatuses).nullable().catch(null).default(null),
  cursor: cursorField,
})
export type ReservationSearch = z.infer<typeof reservationSearch>

export const cancellation = z.strictObject({ reservationId: z.uuid(), reason })

/** One line of the list of reservations as admins see it. Instants are ISO 8601, UTC. */
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
  /** Null: a walk-in, or somebody who has deleted their account. */
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
  /** Null: never was a hold. */
  holdExpiresAt: string | null
  cancelledBy: ActorKind | null
}

/** What a restaurant's service date holds: slots, and who comes. */
export type DayLoad = {
  serviceDate: string
  slots: number
  taken: number
  parties: number
  guests: number
  /** Confirmed or held, on this date and all later ones. */
  upcoming: number
}
