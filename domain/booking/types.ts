import type { PlacedReservation, ReservationView } from './schema'

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

/** The acts on a reservation, as the audit log and the undo button name them. */
export const reservationActs = [
  'CONFIRM',
  'CANCEL',
  'SEAT',
  'LEAVE',
  'NO_SHOW',
  'ARRIVE',
  'CORRECT_NO_SHOW',
  'CORRECT_SEAT',
  'CORRECT_LEAVE',
  'CORRECT_CANCEL',
  'CORRECT_ARRIVAL',
] as const
export type ReservationAct = (typeof reservationActs)[number]

/** The actor: the diner whose reservation it is, or staff of the restaurant in their role there. */
export type ActorKind = 'DINER' | 'OWNER' | 'STAFF' | 'ADMIN'

/** In whose name an act is told to its diner: all staff act for the owner. */
export type ActingSide = Exclude<ActorKind, 'STAFF'>
export type Actor = { accountId: string; address: string | null }

/** The actor, or the holder of a link to the reservation, who needs no account. */
export type Asker = Actor | { accountId: null; address: string | null }

/**
 * The capacity in which an account acts; `either` is staff of the restaurant, otherwise the diner
 * for their own reservation. `link`: the holder of a guest's link, who has no account.
 */
export type MoveScope = 'diner' | 'staff' | 'either' | 'link'

/** How staff mean an act whose party may be of another date. */
export type StaffIntent = {
  /** Staff were told the party's date and insist. */
  override?: boolean | undefined
  /** When they tapped, ISO 8601. Absent: now. An act may wait in a tablet for the network. */
  tappedAt?: string | undefined
}

/** The result of a staff act. */
export type Moved = {
  id: string
  status: ReservationStatus
  actId: string
  /** By the database's clock, ISO 8601; afterwards the act can't be undone. */
  undoUntil: string
}

export type Undone = Omit<Moved, 'undoUntil'>

/** `replayed`: the key already had an answer, and nothing new happened. */
export type BookingOutcome = { reservation: PlacedReservation; replayed: boolean }

/**
 * The state of a mailed link to a reservation. `OVER`: its time has passed, or the reservation is
 * settled. `MOVED`: its diner has another address than the one it was mailed to.
 */
export type CancelLinkState = 'OPEN' | 'CANCELLED' | 'OVER' | 'MOVED'

export type LinkedReservation = {
  /** The diner who acts by it. Null: a guest, who has no account. */
  dinerId: string | null
  /** The mailbox it was mailed to, as long as that is its person's. Null: it is not any more. */
  mailbox: string | null
  reservation: ReservationView
  state: CancelLinkState
}

/** The place before, for an undo; it names no guest and holds no words. */
export type PlaceBefore = {
  slotIds: string[]
  serviceDate: string
  startsAt: string
  endsAt: string
  partySize: number
  holdExpiresAt: string | null
  arrivedAt: string | null
  lateMinutes: number | null
  isExtra: boolean
}
