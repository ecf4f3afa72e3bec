import { readStaffRole } from '@/domain/restaurant/queries'
import type { Reading } from '@/domain/schedule/plan.queries'
import { findInstant } from '@/domain/schedule/rules'
import { chosenBeacon } from '@/lib/beacon/beacon'
import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { refusePlan } from './plan.rules'
import type { OpeningDraft, OpeningPlan, PlanDoubt, PlanFacts, PlanPreview } from './plan.schema'

/** An opening any closer than this would leave diners no time to hear of it. */
const LEAST_NOTICE_MINUTES = 2

const readPool: Reading = async <Row>(sql: string, values: unknown[]) =>
  (await pool.query(sql, values)).rows as Row[]

type Facts = PlanFacts & {
  published: boolean
  hasSchedule: boolean
  isOpenAlready: boolean
  slots: number
  taken: number
}

/**
 * Read at one instant of the database's clock. A date is closed when it was marked closed, or when
 * it has no schedule and its weekday has no hours while other weekdays do.
 */
const PLAN_FACTS = `
  SELECT at.today::text, at.then::text AS "dateThen", $3::timestamptz > now() + make_interval(mins => ${LEAST_NOTICE_MINUTES}) AS "isAhead",
         r.same_day_only AS "sameDayOnly", r.horizon_days AS "horizonDays", r.published,
         coalesce(d.closed, false)
           OR EXISTS (SELECT FROM restaurant_closures c WHERE c.restaurant_id = r.id AND c.closed_date = $2::date)
           OR (d.service_date IS NULL AND EXISTS (SELECT FROM restaurant_hours h WHERE h.restaurant_id = r.id)
               AND NOT EXISTS (SELECT FROM restaurant_hours h
                                WHERE h.restaurant_id = r.id AND h.weekday = extract(isodow FROM $2::date))) AS "isClosed",
         EXISTS (SELECT FROM openings o
                  WHERE o.restaurant_id = r.id AND o.service_date = $2::date AND o.cancelled_at IS NULL) AS "hasOpening",
         d.service_date IS NOT NULL AS "hasSchedule",
         d.service_date IS NOT NULL AND NOT d.closed AND coalesce(d.opens_at <= now(), true)
           AND $2::date <= at.today + CASE WHEN r.same_day_only THEN 0 ELSE r.horizon_days END AS "isOpenAlready",
         seats.slots, seats.taken
    FROM restaurants r
    CROSS JOIN LATERAL (
      SELECT service_date_at(now(), r.time_zone, r.day_cut_minutes) AS today,
             service_date_at($3::timestamptz, r.time_zone, r.day_cut_minutes) AS then) AS at
    LEFT JOIN service_dates d ON d.restaurant_id = r.id AND d.service_date = $2::date
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS slots,
             count(*) FILTER (WHERE NOT is_slot_free(s.taken, s.held_until, now()))::int AS taken
        FROM slots s
       WHERE s.restaurant_id = r.id AND s.service_date = $2::date AND s.deleted_at IS NULL AND NOT s.blocked
         AND NOT s.off_plan) AS seats
   WHERE r.id = $1::uuid AND r.deleted_at IS NULL`

/** Null: no such restaurant. */
export async function readPlanFacts({
  restaurantId,
  serviceDate,
  opensAt,
  read = readPool,
}: {
  restaurantId: string
  serviceDate: string
  opensAt: string
  read?: Reading
}): Promise<Facts | null> {
  const [facts] = await read<Facts>(PLAN_FACTS, [restaurantId, serviceDate, opensAt])
  return facts ?? null
}

/**
 * The plan of a form, with its instant computed from the restaurant's wall time. `exists` false:
 * clocks are put forward past that time. Null: no such restaurant.
 */
export async function readDraft(
  draft: OpeningDraft,
): Promise<{ plan: OpeningPlan; exists: boolean } | null> {
  const { rows } = await pool.query<{ timeZone: string }>(
    'SELECT time_zone AS "timeZone" FROM restaurants WHERE id = $1 AND deleted_at IS NULL',
    [draft.restaurantId],
  )
  const [restaurant] = rows
  if (!restaurant) return null
  const { restaurantId: _, opensOn, opensTime, ...terms } = draft
  const { timeZone } = restaurant
  const { at, exists } = findInstant({ serviceDate: opensOn, wallTime: opensTime, timeZone })
  return { plan: { ...terms, opensAt: at.toISOString() }, exists }
}

/**
 * What announcing a draft would publish, and the doubts about it; writes nothing. Refuses what
 * announcing it now would refuse.
 */
export async function previewOpening({
  draft,
  accountId,
}: {
  draft: OpeningDraft
  accountId: string
}): Promise<Result<PlanPreview>> {
  const { restaurantId, serviceDate } = draft
  const role = await readStaffRole({ accountId, restaurantId })
  const meant = role && role !== 'STAFF' ? await readDraft(draft) : null
  const facts = meant && (await readPlanFacts({ restaurantId, ...meant.plan }))
  if (!meant || !facts) return refuse('not-found')
  const refusal = refusePlan({ serviceDate, facts })
  if (refusal) return refuse(refusal)
  const { plan, exists } = meant
  const opensMs = Date.parse(plan.opensAt)
  return succeed({
    serviceDate,
    lobbyOpensAt: new Date(opensMs - plan.lobbyMinutes * 60_000).toISOString(),
    opensAt: plan.opensAt,
    gateUntil: new Date(opensMs + plan.gateMinutes * 60_000).toISOString(),
    beaconName: chosenBeacon()?.name ?? null,
    slots: facts.slots,
    taken: facts.taken,
    doubts: listDoubts({ facts, exists }),
  })
}

function listDoubts({ facts, exists }: { facts: Facts; exists: boolean }): PlanDoubt[] {
  const doubts: [PlanDoubt, boolean][] = [
    ['no-such-wall-time', !exists],
    ['no-schedule', !facts.hasSchedule],
    ['open-already', facts.isOpenAlready],
    ['unpublished', !facts.published],
  ]
  return doubts.filter(([, holds]) => holds).map(([doubt]) => doubt)
}
