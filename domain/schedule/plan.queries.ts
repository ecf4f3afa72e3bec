import { createHash } from 'node:crypto'
import {
  OPENS_DAYS_BEFORE,
  OPENS_MINUTES,
  RECURRING_OPENING,
  readStaffRole,
} from '@/domain/restaurant/queries'
import { pool } from '@/lib/db/database'
import type { Transaction } from '@/lib/db/transaction'
import { type Refusal, type Result, refuse, succeed } from '@/lib/problems/result'
import { compareDay, describeEffects, listDates, toDayPreview } from './plan.rules'
import type {
  DayChange,
  ExistingDay,
  ExistingSlot,
  PlanningRestaurant,
  PlanRange,
  SchedulePreview,
} from './plan.schema'
import { addDays } from './rules'
import type { ServiceDate } from './types'

/** Reads on the pool, or on a transaction's own connection, which sees what it has locked. */
export type Reading = <Row>(sql: string, values: unknown[]) => Promise<Row[]>

const readPool: Reading = async <Row>(sql: string, values: unknown[]) =>
  (await pool.query(sql, values)).rows as Row[]

export function readingIn(tx: Transaction): Reading {
  return <Row>(sql: string, values: unknown[]) => tx.$queryRawUnsafe<Row[]>(sql, ...values)
}

const RESTAURANT = `
  SELECT r.id, r.version, r.time_zone AS "timeZone", r.day_cut_minutes AS "dayCutMinutes",
         r.seating_minutes AS "seatingMinutes", r.same_day_only AS "sameDayOnly",
         r.horizon_days AS "horizonDays", ${OPENS_MINUTES} AS "opensMinutes",
         ${OPENS_DAYS_BEFORE} AS "opensDaysBefore", now() AS now,
         service_date_at(now(), r.time_zone, r.day_cut_minutes)::text AS today,
         (SELECT coalesce(json_agg(json_build_object('weekday', h.weekday,
                   'fromMinutes', h.from_minutes, 'toMinutes', h.to_minutes)), '[]')
            FROM restaurant_hours h WHERE h.restaurant_id = r.id) AS hours,
         (SELECT coalesce(json_agg(json_build_object('date', c.closed_date, 'reason', c.reason)), '[]')
            FROM restaurant_closures c
           WHERE c.restaurant_id = r.id AND c.closed_date BETWEEN $2::date AND $3::date) AS closures,
         (SELECT coalesce(json_agg(json_build_object('id', t.id, 'number', t.number,
                   'minParty', t.min_party, 'maxParty', t.max_party) ORDER BY t.id), '[]')
            FROM restaurant_tables t WHERE t.restaurant_id = r.id AND t.deleted_at IS NULL) AS tables,
         (SELECT coalesce(json_agg(json_build_object('date', o.service_date, 'opensAt', iso_instant(o.opens_at))), '[]')
            FROM openings o WHERE o.restaurant_id = r.id AND o.service_date BETWEEN $2::date AND $3::date
                              AND o.cancelled_at IS NULL) AS openings
    FROM restaurants r ${RECURRING_OPENING} WHERE r.id = $1::uuid AND r.deleted_at IS NULL`

/** Null: there is no such restaurant, or it was deleted. */
export async function readPlanningRestaurant({
  restaurantId,
  from,
  to,
  read = readPool,
}: PlanRange & { restaurantId: string; read?: Reading }): Promise<PlanningRestaurant | null> {
  const [restaurant] = await read<PlanningRestaurant>(RESTAURANT, [restaurantId, from, to])
  return restaurant ?? null
}

const DAYS = `
  SELECT service_date::text AS "serviceDate", opens_at AS "opensAt", closed FROM service_dates
   WHERE restaurant_id = $1::uuid AND service_date BETWEEN $2::date AND $3::date`

/**
 * Those that gave way to one off the plan among them. `FOR UPDATE` is appended where slots are about to
 * change.
 */
export const EXISTING_SLOTS = `
  SELECT s.id, s.service_date::text AS "serviceDate", s.table_id AS "tableId",
         (SELECT t.number FROM restaurant_tables t WHERE t.id = s.table_id) AS "tableNumber",
         s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.min_party AS "minParty",
         s.max_party AS "maxParty", s.blocked AND NOT s.closed AS blocked, s.off_plan AS "isOffPlan", s.gave_way AS "gaveWay",
         NOT is_slot_free(s.taken, s.held_until, now()) AS "isTaken"
    FROM slots s
   WHERE s.restaurant_id = $1::uuid AND s.service_date BETWEEN $2::date AND $3::date
     AND (s.deleted_at IS NULL OR s.gave_way)
   ORDER BY s.id`

/**
 * What remaking the schedule of these dates would do to each of them. `restaurant` was read for the
 * same range. Slots of neighbouring dates are checked too: none may be in the way.
 */
export async function compareDays({
  restaurant,
  from,
  to,
  read = readPool,
}: PlanRange & { restaurant: PlanningRestaurant; read?: Reading }): Promise<DayChange[]> {
  const days = await read<ExistingDay>(DAYS, [restaurant.id, from, to])
  const around = [addDays({ date: from, days: -1 }), addDays({ date: to, days: 1 })]
  const slots = await read<ExistingSlot>(EXISTING_SLOTS, [restaurant.id, ...around])
  return listDates({ from, to }).map((serviceDate) =>
    compareDay({ restaurant, serviceDate, ...pickDay({ serviceDate, days, slots }) }),
  )
}

function pickDay({
  serviceDate,
  days,
  slots,
}: {
  serviceDate: ServiceDate
  days: readonly ExistingDay[]
  slots: readonly ExistingSlot[]
}) {
  const beside = [-1, 1].map((offset) => addDays({ date: serviceDate, days: offset }))
  return {
    day: days.find((day) => day.serviceDate === serviceDate) ?? null,
    slots: slots.filter((slot) => slot.serviceDate === serviceDate),
    onOtherDates: slots.filter((slot) => beside.includes(slot.serviceDate)),
  }
}

const FINGERPRINT_LENGTH = 22

/** Stays the same as long as applying the changes would do the same. */
export function fingerprintChanges(changes: readonly DayChange[]): string {
  const effects = changes.map(describeEffects).join('\n')
  return createHash('sha256').update(effects).digest('base64url').slice(0, FINGERPRINT_LENGTH)
}

export function toPreview({
  from,
  to,
  changes,
}: PlanRange & { changes: readonly DayChange[] }): SchedulePreview {
  return { from, to, fingerprint: fingerprintChanges(changes), days: changes.map(toDayPreview) }
}

export type UnreadyRefusal = 'not-found' | 'past-date' | 'no-hours' | 'no-tables'

/**
 * What making the schedule of these dates would do, for callers who may make it; writes nothing.
 * Refuses `not-found`, `past-date`, `no-hours`, `no-tables`.
 */
export async function previewSchedule({
  restaurantId,
  from,
  to,
  accountId,
}: PlanRange & { restaurantId: string; accountId: string }): Promise<
  Result<SchedulePreview, UnreadyRefusal>
> {
  const role = await readStaffRole({ accountId, restaurantId })
  if (!role || role === 'STAFF') return refuse('not-found')
  const restaurant = await readPlanningRestaurant({ restaurantId, from, to })
  const refusal = refuseUnready({ restaurant, from })
  if (refusal) return refusal
  if (!restaurant) return refuse('not-found')
  const changes = await compareDays({ restaurant, from, to })
  return succeed(toPreview({ from, to, changes }))
}

/** Refuses when something a schedule needs is missing. Null: everything is there. */
export function refuseUnready({
  restaurant,
  from,
}: {
  restaurant: PlanningRestaurant | null
  from: ServiceDate
}): Refusal<UnreadyRefusal> | null {
  if (!restaurant) return refuse('not-found')
  if (from < restaurant.today) return refuse('past-date', { today: restaurant.today })
  if (restaurant.hours.length === 0) return refuse('no-hours')
  return restaurant.tables.length === 0 ? refuse('no-tables') : null
}
