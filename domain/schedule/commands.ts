import type { Pool } from 'pg'
import { pool } from '@/lib/db/database'
import { refuseViolation } from '@/lib/db/transaction'
import { countWallMinutes, planSlots } from './rules'
import type {
  MadeSchedule,
  PlannedSlot,
  ScheduleAuthor,
  ScheduleRefusal,
  SeatedTable,
  ServiceDate,
  SlotPlan,
  WallTime,
} from './types'

type Database = Pick<Pool, 'query'>

type Seatings = {
  restaurantId: string
  serviceDate: ServiceDate
  seatings: readonly WallTime[]
  /** Absent: every table in use. */
  tableIds?: readonly string[]
  /** Absent: the service itself. */
  author?: ScheduleAuthor
  db?: Database
}

/**
 * Makes a service date bookable: inserts its row, a slot for every table in use at every seating,
 * and the audit event, in one statement. `opensAt` null or absent: bookable as soon as the horizon
 * reaches the date.
 *
 * Two callers that make the same date meet at the row's primary key: the second waits for the first
 * and is refused `schedule-exists`. Slots are inserted in order of table and time, so that callers
 * making neighbouring dates queue at the exclusion constraint instead of deadlocking. Refuses
 * `not-found`, `no-tables`, `schedule-exists`, `seatings-overlap`, `overlaps-other-date` (the
 * evening before runs into the first seating), and `before-day-cut`: a seating that early is over
 * before its date becomes today, and belongs to the previous date, counted past 24:00.
 */
export async function makeSchedule({
  opensAt = null,
  ...asked
}: Seatings & { opensAt?: Date | null }): Promise<MadeSchedule> {
  const plan = await planFor(asked)
  if (!plan.ok) return { ok: false, reason: plan.reason }
  try {
    const made = await insertSchedule({ ...asked, opensAt, slots: plan.slots })
    return made.dateCount === 0
      ? { ok: false, reason: 'schedule-exists' }
      : { ok: true, slotCount: made.slotCount, leftOut: plan.leftOut }
  } catch (error) {
    return refuseViolation(error, { slots_no_overlap: 'overlaps-other-date' })
  }
}

/**
 * Adds seatings to a service date that has a schedule. A table occupied by another slot at that
 * time is skipped, so adding the same seatings twice adds them once. Refuses `no-schedule` when the
 * date has none, and otherwise as `makeSchedule` does.
 */
export async function addSeatings(asked: Seatings): Promise<MadeSchedule> {
  const plan = await planFor(asked)
  if (!plan.ok) return { ok: false, reason: plan.reason }
  const added = await insertSlots({ ...asked, slots: plan.slots })
  return added.dateCount === 0
    ? { ok: false, reason: 'no-schedule' }
    : { ok: true, slotCount: added.slotCount, leftOut: plan.leftOut }
}

async function planFor({
  db = pool,
  ...asked
}: Seatings): Promise<Extract<SlotPlan, { ok: true }> | ScheduleRefusal> {
  const restaurant = await readRestaurant({ db, restaurantId: asked.restaurantId })
  if (!restaurant) return { ok: false, reason: 'not-found' }
  const tables = restaurant.tables.filter((table) => asked.tableIds?.includes(table.id) ?? true)
  if (tables.length === 0) return { ok: false, reason: 'no-tables' }
  if (asked.seatings.some((wallTime) => countWallMinutes(wallTime) < restaurant.dayCutMinutes)) {
    return { ok: false, reason: 'before-day-cut' }
  }
  const plan = planSlots({ ...restaurant, tables, ...asked })
  return plan.ok ? plan : { ok: false, reason: plan.reason }
}

async function readRestaurant({ db, restaurantId }: { db: Database; restaurantId: string }) {
  const { rows } = await db.query<{
    timeZone: string
    dayCutMinutes: number
    seatingMinutes: number
    tables: SeatedTable[]
  }>(
    `SELECT r.time_zone AS "timeZone", r.day_cut_minutes AS "dayCutMinutes",
            r.seating_minutes AS "seatingMinutes",
            coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'minParty', t.min_party, 'maxParty', t.max_party)
                               ORDER BY t.id) FILTER (WHERE t.id IS NOT NULL), '[]') AS tables
       FROM restaurants r
       LEFT JOIN restaurant_tables t ON t.restaurant_id = r.id AND t.deleted_at IS NULL
      WHERE r.id = $1 AND r.deleted_at IS NULL
      GROUP BY r.id`,
    [restaurantId],
  )
  return rows[0]
}

type Insertion = Seatings & { slots: readonly PlannedSlot[] }
type Inserted = { dateCount: number; slotCount: number }

/** `$3` … `$7` as rows, joined with `day`: without a day there are no slots. */
const PLANNED_SLOTS = `
  SELECT $1::uuid, day.service_date, planned.*
    FROM day, unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::smallint[], $7::smallint[])
      AS planned (table_id, starts_at, ends_at, min_party, max_party)
   ORDER BY planned.table_id, planned.starts_at`

const SLOT_COLUMNS =
  'restaurant_id, service_date, table_id, starts_at, ends_at, min_party, max_party'

/** The day and what was made of it; the audit event's subject is the restaurant's calendar. */
const EVENT_COLUMNS =
  'restaurant_id, subject, subject_id, to_status, actor_id, actor_role, details, act'
const EVENT_OF_DAY = `
  $1, 'SERVICE_DATE', $1, 'SCHEDULED', $8::uuid, $9,
  jsonb_build_object('serviceDate', $2::date, 'added', (SELECT count(*) FROM made))`

const COUNTS = `
  SELECT (SELECT count(*)::int FROM day) AS "dateCount", (SELECT count(*)::int FROM made) AS "slotCount"`

/** Writes its event itself, because date, slots and event are one statement. */
const INSERT_SCHEDULE = `
  WITH day AS (
    INSERT INTO service_dates (restaurant_id, service_date, opens_at)
    VALUES ($1, $2, $10) ON CONFLICT (restaurant_id, service_date) DO NOTHING RETURNING service_date
  ), made AS (
    INSERT INTO slots (${SLOT_COLUMNS}) ${PLANNED_SLOTS} RETURNING id
  ), event AS (
    INSERT INTO audit_events (${EVENT_COLUMNS})
    SELECT ${EVENT_OF_DAY}, 'MAKE_SCHEDULE' FROM day
  ) ${COUNTS}`

/** As `INSERT_SCHEDULE`. */
const INSERT_SLOTS = `
  WITH day AS (
    SELECT service_date FROM lock_tables(p_tables => $3::uuid[]), service_dates
     WHERE restaurant_id = $1 AND service_date = $2 FOR KEY SHARE OF service_dates
  ), made AS (
    INSERT INTO slots (${SLOT_COLUMNS}) ${PLANNED_SLOTS}
    ON CONFLICT ON CONSTRAINT slots_no_overlap DO NOTHING RETURNING id
  ), event AS (
    INSERT INTO audit_events (${EVENT_COLUMNS})
    SELECT ${EVENT_OF_DAY}, 'ADD_SEATINGS'
     WHERE EXISTS (SELECT FROM made)
  ) ${COUNTS}`

const NOTHING: Inserted = { dateCount: 0, slotCount: 0 }

async function insertSchedule({
  db = pool,
  opensAt,
  ...asked
}: Insertion & { opensAt: Date | null }): Promise<Inserted> {
  const { rows } = await db.query<Inserted>(INSERT_SCHEDULE, [...listInserted(asked), opensAt])
  return rows[0] ?? NOTHING
}

async function insertSlots({ db = pool, ...asked }: Insertion): Promise<Inserted> {
  const { rows } = await db.query<Inserted>(INSERT_SLOTS, listInserted(asked))
  return rows[0] ?? NOTHING
}

/** `$1` to `$9` of both statements. */
function listInserted({ restaurantId, serviceDate, slots, author }: Insertion): unknown[] {
  return [
    restaurantId,
    serviceDate,
    slots.map((slot) => slot.tableId),
    slots.map((slot) => slot.startsAt.toISOString()),
    slots.map((slot) => slot.endsAt.toISOString()),
    slots.map((slot) => slot.minParty),
    slots.map((slot) => slot.maxParty),
    author?.accountId ?? null,
    author?.role ?? 'SERVICE',
  ]
}
