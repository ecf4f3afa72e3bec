import { type Editing, editVersion } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { DateToClose, DateToReopen } from './closure.schema'
import { listClosuresIn } from './month.queries'
import { lockTables } from './plan.commands'

type TakenSlot = { tableNumber: number; startsAt: Date; endsAt: Date }

/**
 * Locks the tables, then the date's slots, those that gave way too, each in id order, so that no booking slips in between checking
 * and closing, off the plan neither.
 */
async function lockTaken(
  tx: Transaction,
  { restaurantId, date }: { restaurantId: string; date: string },
): Promise<TakenSlot[]> {
  await lockTables(tx, restaurantId)
  const slots = await tx.$queryRaw<(TakenSlot & { isTaken: boolean })[]>`
    SELECT (SELECT t.number FROM restaurant_tables t WHERE t.id = s.table_id) AS "tableNumber",
           s.starts_at AS "startsAt", s.ends_at AS "endsAt",
           NOT is_slot_free(s.taken, s.held_until, now()) AND s.ends_at > now() AS "isTaken"
      FROM slots s
     WHERE s.restaurant_id = ${restaurantId}::uuid AND s.service_date = ${date}::date
       AND (s.deleted_at IS NULL OR s.gave_way)
     ORDER BY s.id FOR UPDATE OF s`
  return slots
    .filter(({ isTaken }) => isTaken)
    .map(({ tableNumber, startsAt, endsAt }) => ({ tableNumber, startsAt, endsAt }))
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
}

/** Locks the service date's row; does nothing when the date has no schedule. */
async function setClosed(
  { tx, restaurant }: Editing,
  { date, closed }: { date: string; closed: boolean },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE service_dates SET closed = ${closed}
     WHERE restaurant_id = ${restaurant.id}::uuid AND service_date = ${date}::date`
}

async function isPast({ tx, restaurant }: Editing, date: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isPast: boolean }[]>`
    SELECT ${date}::date < service_date_at(now(), ${restaurant.timeZone}, ${restaurant.dayCutMinutes}::int) AS "isPast"`
  return row?.isPast ?? true
}

/**
 * Closes a single date, and its schedule if it has one, in one transaction. By itself closing never
 * sends away parties that have booked: unless `keepsReservations`, it refuses `has-reservations` and
 * lists them in the details (`taken`: table and times). Closing a closed date changes its reason.
 *
 * `settle` decides what becomes of those parties instead, in the same transaction, and returns how many
 * stay; the date's slots are locked.
 *
 * Locks the restaurant's row, then the service date's, then its tables and the date's slots, each in id
 * order. Also refuses `not-found`, `changed-meanwhile` (with the present closures), `past-date`.
 */
export async function closeDate({
  actor,
  settle,
  ...asked
}: DateToClose & {
  actor: StaffActor
  settle?: (editing: Editing) => Promise<number>
}): Promise<Result<{ version: number }>> {
  const { restaurantId, version, date, reason, keepsReservations } = asked
  return editVersion({
    restaurantId,
    actor,
    version,
    readPresent: ({ tx }) => listClosuresIn(tx, restaurantId),
    work: async (editing) => {
      const { tx, stop, record } = editing
      if (await isPast(editing, date)) stop(refuse('past-date'))
      await setClosed(editing, { date, closed: true })
      const taken = await lockTaken(tx, { restaurantId, date })
      if (taken.length > 0 && !keepsReservations && !settle)
        stop(refuse('has-reservations', { taken: taken.map(toFacts) }))
      const kept = settle ? await settle(editing) : taken.length
      await tx.$executeRaw`
        INSERT INTO restaurant_closures (restaurant_id, closed_date, reason)
        VALUES (${restaurantId}::uuid, ${date}::date, ${reason})
        ON CONFLICT (restaurant_id, closed_date) DO UPDATE SET reason = EXCLUDED.reason`
      const details = { date, reason, kept }
      await record({ act: 'CLOSE_DATE', to: 'CLOSED', details })
    },
  })
}

const toFacts = ({ tableNumber, startsAt, endsAt }: TakenSlot) => ({
  tableNumber,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
})

/**
 * Reopens a closed date. An existing schedule is open again as it was; a date without one still
 * needs to be made. Locks the restaurant's row, then the service date's. Refuses `not-found` (also
 * when it was not closed), `changed-meanwhile`.
 */
export async function reopenDate({
  actor,
  ...asked
}: DateToReopen & { actor: StaffActor }): Promise<Result<{ version: number }>> {
  const { restaurantId, version, date } = asked
  return editVersion({
    restaurantId,
    actor,
    version,
    readPresent: ({ tx }) => listClosuresIn(tx, restaurantId),
    work: async (editing) => {
      const { tx, stop, record } = editing
      const [closure] = await tx.$queryRaw<{ reason: string | null }[]>`
        DELETE FROM restaurant_closures
         WHERE restaurant_id = ${restaurantId}::uuid AND closed_date = ${date}::date RETURNING reason`
      if (!closure) return stop(refuse('not-found'))
      await setClosed(editing, { date, closed: false })
      await record({ act: 'REOPEN_DATE', to: 'OPEN', details: { date, before: closure.reason } })
    },
  })
}
