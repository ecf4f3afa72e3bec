import type { Stop, Transaction } from '@/lib/db/transaction'
import { refuse } from '@/lib/problems/result'
import { readActMoment } from './act-moment.queries'
import { listOccupied } from './occupancy.queries'
import { takeOffPlan } from './off-plan.commands'
import { refuseOtherDate } from './rules'
import { endOverdueReservations } from './slot-lock.commands'
import { listTakenAt, readStayDate } from './stay.queries'
import { endOfDay } from './stay.rules'
import { lockKnownTables } from './table-choice.commands'
import { endOfStay } from './table-choice.rules'
import type { StaffIntent } from './types'
import { beginMinute, judgeSitting, type SittingRefusal } from './walk-in-place.rules'

/** Where a party sits down: at seatings of the plan, or at tables from now on. */
export type SeatsAsked =
  | { slotIds: string[] }
  | {
      tableNumbers: number[]
      /** How long. Absent: as long as usual, or as the table is free. */
      minutes?: number | undefined
    }

/** Why a party can't be seated at these slots or tables. */
export type SeatRefusal =
  | SittingRefusal
  | 'not-found'
  | 'no-such-table'
  | 'other-date'
  | 'no-such-time'
  | 'beyond-day-cut'
  | 'past-time'
  | 'table-occupied'
  | 'party-size'

type Asked<Seats> = {
  restaurantId: string
  seats: Seats
  /** The service date on which the party sits. Absent: any one date. */
  serviceDate?: string | undefined
  partySize: number
  intent: StaffIntent
  stop: Stop<SeatRefusal>
}

/** Slots of a party that sits down, locked and judged. */
export type SeatsTaken = { slotIds: string[]; at: Date }

type LockedSlot = {
  id: string
  tableId: string
  maxParty: number
  serviceDate: string
  isFree: boolean
  isOver: boolean
}

/** Locks the slots of all seatings as `lock_slots` does, before checking any of them. */
async function lockSlots(
  tx: Transaction,
  { restaurantId, slotIds }: { restaurantId: string; slotIds: string[] },
): Promise<LockedSlot[]> {
  await tx.$queryRaw`
    SELECT lock_slots(p_slots => ARRAY(
      SELECT id FROM slots WHERE restaurant_id = ${restaurantId}::uuid AND id = ANY(${slotIds}::uuid[])))::text`
  return tx.$queryRaw<LockedSlot[]>`
    SELECT id, table_id AS "tableId", max_party AS "maxParty", service_date::text AS "serviceDate",
           NOT blocked AND is_slot_free(taken, held_until, now()) AS "isFree", ends_at <= now() AS "isOver"
      FROM slots
     WHERE restaurant_id = ${restaurantId}::uuid AND id = ANY(${slotIds}::uuid[]) AND deleted_at IS NULL
     ORDER BY id`
}

function seatsOf(slots: LockedSlot[]): number {
  const tables = new Map(slots.map((slot) => [slot.tableId, slot.maxParty]))
  return [...tables.values()].reduce((sum, seats) => sum + seats, 0)
}

/**
 * Locks seatings of one service date in id order and judges whether the party may sit down at them.
 * Stops with `not-found` (other restaurants', several dates', unknown or deleted slots), `other-date`
 * with the slots' date unless the intent insists, `past-time`, `table-occupied` with the `tableNumbers`
 * at which others sit, `slot-taken` and `party-size`.
 */
export async function takeSeatings(
  tx: Transaction,
  {
    restaurantId,
    seats: { slotIds },
    serviceDate,
    partySize,
    intent: { override, tappedAt },
    stop,
  }: Asked<{ slotIds: string[] }>,
): Promise<SeatsTaken> {
  const slots = await lockSlots(tx, { restaurantId, slotIds })
  const [date, ...others] = new Set(slots.map((slot) => slot.serviceDate))
  if (slots.length < slotIds.length || !date || others.length > 0) return stop(refuse('not-found'))
  if (serviceDate !== undefined && date !== serviceDate) return stop(refuse('not-found'))
  const { today, at } = await readActMoment(tx, { restaurantId, tappedAt })
  const dated = refuseOtherDate({ serviceDate: date, today, override })
  if (!dated.ok) return stop(dated)
  if (slots.some((slot) => slot.isOver)) return stop(refuse('past-time'))
  const tableNumbers = await listOccupied(tx, { slotIds, at })
  if (tableNumbers.length > 0) return stop(refuse('table-occupied', { tableNumbers }))
  if (!slots.every((slot) => slot.isFree)) return stop(refuse('slot-taken'))
  if (partySize > seatsOf(slots)) return stop(refuse('party-size'))
  await endOverdueReservations(tx, slotIds)
  return { slotIds, at }
}

type NowAsked = Asked<{ tableNumbers: number[]; minutes?: number | undefined }>

/** The time that a party which sits down now would have, were nothing booked. */
async function planSitting(
  tx: Transaction,
  { restaurantId, seats: { minutes }, serviceDate, intent: { tappedAt }, stop }: NowAsked,
): Promise<{ today: string; at: Date; startsAt: Date; endsAt: Date; now: Date }> {
  const { today, at } = await readActMoment(tx, { restaurantId, tappedAt })
  if (serviceDate !== undefined && serviceDate !== today) return stop(refuse('not-found'))
  const date = await readStayDate(tx, { restaurantId, serviceDate: today })
  if (!date) return stop(refuse('no-such-time'))
  const { now, seatingMinutes } = date
  const startsAt = beginMinute(at)
  const wished = endOfStay({ startsAt, minutes: minutes ?? seatingMinutes })
  const dayEnd = endOfDay(date)
  if (minutes !== undefined && wished > dayEnd) return stop(refuse('beyond-day-cut'))
  const endsAt = new Date(Math.min(wished.getTime(), dayEnd.getTime()))
  return endsAt > now ? { today, at, startsAt, endsAt, now } : stop(refuse('past-time'))
}

/**
 * Gives the party tables from now on, off the plan, whatever the plan has at this hour: until the next
 * booking of any of them at most (`judgeSitting`). Free seatings give way. Locks the tables, then their
 * slots, each in id order, before any is judged.
 *
 * Stops with `no-such-table` (`lockKnownTables`), `not-found` for another date than the one that is running,
 * `no-such-time` where the date has no schedule, `past-time` when the tap waited until the stay was over,
 * `beyond-day-cut`, `table-occupied` with the `tableNumbers` at which others sit, `slot-taken` and
 * `next-party-soon` (`judgeSitting`), and `party-size` with the `seats`.
 */
export async function takeTablesNow(tx: Transaction, given: NowAsked): Promise<SeatsTaken> {
  const { restaurantId, seats, partySize, stop } = given
  const { tableNumbers, minutes } = seats
  const { today, at, startsAt, endsAt, now } = await planSitting(tx, given)
  const asked = { restaurantId, tableNumbers, startsAt, endsAt }
  const tables = await lockKnownTables(tx, { ...asked, stop })
  const occupied = tables.filter(({ isOccupied }) => isOccupied)
  if (occupied.length > 0)
    return stop(
      refuse('table-occupied', { tableNumbers: occupied.map(({ tableNumber }) => tableNumber) }),
    )
  const taken = await listTakenAt(tx, asked)
  const sitting = judgeSitting({ taken, startsAt, endsAt, isExact: minutes !== undefined, now })
  if (!sitting.ok) return stop(sitting)
  const most = tables.reduce((sum, { maxParty }) => sum + maxParty, 0)
  if (partySize > most) return stop(refuse('party-size', { seats: most }))
  const stays = tables.map(({ id }) => ({ tableId: id, startsAt, endsAt: sitting.value }))
  const made = await takeOffPlan(tx, { restaurantId, serviceDate: today, stays })
  return made.ok ? { slotIds: made.value, at } : stop(made)
}
