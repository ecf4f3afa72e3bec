export const reservationStatuses = [
  'HELD',
  'CONFIRMED',
  'SEATED',
  'LEFT',
  'EXPIRED',
  'CANCELLED',
  'NO_SHOW',
] as const
export type ReservationStatus = (typeof reservationStatuses)[number]

/** What was asked of a reservation, as the audit log and the undo button name it. */
export const reservationActs = [
  'CONFIRM',
  'CANCEL',
  'SEAT',
  'LEAVE',
  'NO_SHOW',
  'CORRECT_NO_SHOW',
] as const
export type ReservationAct = (typeof reservationActs)[number]

/** Who acts: the diner whose reservation it is, or staff of the restaurant. */
export type ActorKind = 'DINER' | 'OWNER' | 'ADMIN'
export type Actor = { accountId: string; address: string | null }

/** In which capacity an account asks; `either` is the diner if it is theirs, else the staff. */
export type MoveScope = 'diner' | 'staff' | 'either'

/** What became of an act of the staff. */
export type Moved = {
  id: string
  status: ReservationStatus
  actId: string
  /** By the database's clock, ISO 8601; after it the act can't be taken back. */
  undoUntil: string
}

export type Undone = Omit<Moved, 'undoUntil'>

/** A reservation as the diner and the API see it. Instants are ISO 8601, UTC. */
export type ReservationView = {
  id: string
  status: ReservationStatus
  restaurant: {
    id: string
    slug: string
    name: string
    nameEn: string | null
    address: string
    phone: string
    timeZone: string
    /** Null: a search for the address. */
    mapUrl: string | null
  }
  serviceDate: string
  startsAt: string
  endsAt: string
  partySize: number
  tableNumbers: number[]
  note: string | null
  /** What the party can't eat. Null: nothing was said. */
  allergies: string | null
  holdExpiresAt: string | null
  cancelledBy: ActorKind | null
  sequence: number
}

/** The answer to a booking. `holdExpiresAt` is null when it is confirmed already. */
export type PlacedReservation = {
  id: string
  status: ReservationStatus
  slotId: string
  tableNumber: number
  startsAt: string
  endsAt: string
  partySize: number
  holdExpiresAt: string | null
}

/** `replayed`: the key had been answered before, and nothing new happened. */
export type BookingOutcome = { reservation: PlacedReservation; replayed: boolean }

/** What a link to give a table back can still do. `OVER`: its time has come, or it was settled. */
export type CancelLinkState = 'OPEN' | 'CANCELLED' | 'OVER'

export type LinkedReservation = {
  dinerId: string
  reservation: ReservationView
  state: CancelLinkState
}
