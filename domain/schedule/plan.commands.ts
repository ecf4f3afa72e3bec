import { recordAct, SERVICE } from '@/domain/identity/audit.commands'
import type { AuditActor } from '@/domain/identity/audit.types'
import { lockRestaurant, lockStaffRole } from '@/domain/restaurant/commands'
import { readStaffRole } from '@/domain/restaurant/queries'
import type { StaffActor } from '@/domain/restaurant/types'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { type Lease, runUnderLease } from '@/lib/redis/lease'
import {
  compareDays,
  EXISTING_SLOTS,
  fingerprintChanges,
  readingIn,
  readPlanningRestaurant,
  refuseUnready,
  toPreview,
  type UnreadyRefusal,
} from './plan.queries'
import { isToWrite } from './plan.rules'
import type {
  DayChange,
  PlanningRestaurant,
  PlanRange,
  PlanToApply,
  SchedulePreview,
  SlotToAdd,
} from './plan.schema'
import type { ServiceDate } from './types'

/** Null: the service itself, which extends a schedule that its staff began. */
type Author = StaffActor | null
type Applying = { restaurantId: string; author: Author; lease: Lease }

/** One editor of a restaurant's schedule at a time, across all its dates. */
export const leaseNameOf = (restaurantId: string) => `schedule:${restaurantId}`

/**
 * Makes the schedule of these dates exactly as a preview showed it. Runs under the restaurant's
 * lease, one transaction per date: dates already written stay written when a later one fails.
 *
 * Refuses `not-found`, `past-date`, `no-hours`, `no-tables`; `being-edited` when another person is
 * editing the schedule; `changed-meanwhile`, with a new `preview` of the same dates in the details,
 * when the result would differ from the preview; `overlaps-other-date`.
 */
export async function applySchedule({
  restaurantId,
  from,
  to,
  fingerprint,
  actor,
}: PlanToApply & { restaurantId: string; actor: StaffActor }): Promise<
  Result<SchedulePreview, UnreadyRefusal | DayRefusal>
> {
  const role = await readStaffRole({ accountId: actor.accountId, restaurantId })
  if (!role || role === 'STAFF') return refuse('not-found')
  const applied = await runUnderLease({
    name: leaseNameOf(restaurantId),
    run: (lease) => applyRange({ restaurantId, from, to, fingerprint, author: actor, lease }),
  })
  return applied.ok ? applied.value : refuse('being-edited')
}

type DayRefusal = 'not-found' | 'being-edited' | 'changed-meanwhile' | 'overlaps-other-date'

/** `fingerprint` null: there was no preview, so the current plan is applied whatever it is. */
export async function applyRange({
  from,
  to,
  fingerprint,
  ...applying
}: Applying & PlanRange & { fingerprint: string | null }): Promise<
  Result<SchedulePreview, UnreadyRefusal | DayRefusal>
> {
  const { restaurantId } = applying
  const restaurant = await readPlanningRestaurant({ restaurantId, from, to })
  const refusal = refuseUnready({ restaurant, from })
  if (refusal) return refusal
  if (!restaurant) return refuse('not-found')
  const changes = await compareDays({ restaurant, from, to })
  const preview = toPreview({ from, to, changes })
  if (fingerprint !== null && fingerprint !== preview.fingerprint)
    return refuse('changed-meanwhile', { preview })
  for (const change of changes.filter(isToWrite)) {
    const applied = await applyDay({ ...applying, restaurant, change })
    if (applied.ok) continue
    if (applied.reason !== 'changed-meanwhile') return applied
    const present = await previewAnew({ restaurantId, from, to })
    return refuse('changed-meanwhile', { preview: present })
  }
  return succeed(preview)
}

async function previewAnew({
  restaurantId,
  from,
  to,
}: PlanRange & { restaurantId: string }): Promise<SchedulePreview | null> {
  const restaurant = await readPlanningRestaurant({ restaurantId, from, to })
  return restaurant && toPreview({ from, to, changes: await compareDays({ restaurant, from, to }) })
}

type ApplyingDay = Applying & { restaurant: PlanningRestaurant; change: DayChange }

/**
 * Writes one date, all or nothing. Locks the author's role and the restaurant's row (not against its
 * key, so bookings continue), then the service date's, which also compares the fencing number, then its
 * tables and the date's slots, each in id order, waiting for bookings in progress; new slots are inserted
 * in order of table and time.
 * The change is computed once more on the locked rows: an earlier booking makes it stop.
 */
async function applyDay(asked: ApplyingDay): Promise<Result<null, DayRefusal>> {
  const apply = async (tx: Transaction, stop: Stop<DayRefusal>) => {
    const actor = await lockAuthor({ ...asked, tx, stop })
    await lockForApplying({ ...asked, tx, stop })
    await writeDay(tx, asked)
    await recordDay(tx, { ...asked, actor })
    return null
  }
  return runTransaction(apply, {
    constraints: {
      slots_no_overlap: 'overlaps-other-date',
      // An opening of the date was announced since the preview, and the date opens with it.
      service_dates_opens_with_opening: 'changed-meanwhile',
    },
  })
}

type Locked = ApplyingDay & { tx: Transaction; stop: Stop<DayRefusal> }

/** Locks the restaurant's row with the right to change it. */
async function lockAuthor({ tx, stop, restaurantId, author }: Locked): Promise<AuditActor> {
  if (!author) return SERVICE
  const role = await lockStaffRole(tx, { ...author, restaurantId, isEditing: true })
  if (!role || role === 'STAFF') return stop(refuse('not-found'))
  return { ...author, role }
}

async function lockForApplying({ tx, stop, ...asked }: Locked): Promise<void> {
  const { restaurantId, lease, restaurant, change } = asked
  const { serviceDate } = change
  const locked = await lockRestaurant(tx, restaurantId)
  if (!locked) return stop(refuse('not-found'))
  if (locked.version !== restaurant.version) return stop(refuse('changed-meanwhile'))
  const isNew = await raiseFence({ tx, stop, restaurantId, serviceDate, lease })
  await lockTables(tx, restaurantId)
  await tx.$queryRawUnsafe(
    `${EXISTING_SLOTS} FOR UPDATE OF s`,
    restaurantId,
    serviceDate,
    serviceDate,
  )
  const range = { from: serviceDate, to: serviceDate }
  const compared = await compareDays({ restaurant, ...range, read: readingIn(tx) })
  // A row just inserted for a new date differs from the compared state.
  const present = isNew ? compared.map((day) => ({ ...day, ...asNew(change) })) : compared
  if (fingerprintChanges(present) !== fingerprintChanges([change]))
    stop(refuse('changed-meanwhile'))
}

/** Before slots are made: none can be made off the plan meanwhile. */
export async function lockTables(tx: Transaction, restaurantId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT lock_tables(p_tables => ARRAY(
      SELECT id FROM restaurant_tables WHERE restaurant_id = ${restaurantId}::uuid))::text`
}

const asNew = ({ state, opensAt, opensAtChanges }: DayChange) => ({
  state,
  opensAt,
  opensAtChanges,
})

/**
 * Returns true when the date had no row. Postgres refuses a fencing number older than it has seen.
 */
async function raiseFence({
  tx,
  stop,
  restaurantId,
  serviceDate,
  lease,
}: {
  tx: Transaction
  stop: Stop<'being-edited'>
  restaurantId: string
  serviceDate: ServiceDate
  lease: Lease
}): Promise<boolean> {
  const [day] = await tx.$queryRaw<{ isNew: boolean }[]>`
    INSERT INTO service_dates (restaurant_id, service_date, fence)
    VALUES (${restaurantId}::uuid, ${serviceDate}::date, ${lease.fence})
    ON CONFLICT (restaurant_id, service_date) DO UPDATE SET fence = EXCLUDED.fence
      WHERE service_dates.fence <= EXCLUDED.fence
    RETURNING xmax::text = '0' AS "isNew"`
  return day ? day.isNew : stop(refuse('being-edited'))
}

async function writeDay(tx: Transaction, { restaurantId, change }: ApplyingDay): Promise<void> {
  const { serviceDate, opensAt, state, removed, added, waiting } = change
  await tx.$executeRaw`
    UPDATE service_dates SET closed = ${state === 'CLOSES'}, opens_at = ${opensAt}::timestamptz
     WHERE restaurant_id = ${restaurantId}::uuid AND service_date = ${serviceDate}::date`
  await deleteSlots(
    tx,
    removed.map(({ id }) => id),
  )
  await forgetWaiting(
    tx,
    waiting.removed.map(({ id }) => id),
  )
  await insertSlots(tx, { restaurantId, serviceDate, slots: added })
  await insertSlots(tx, { restaurantId, serviceDate, slots: waiting.added, gaveWay: true })
}

/** Slots that gave way, and that the plan no longer has: they don't come back. */
export async function forgetWaiting(tx: Transaction, slotIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`UPDATE slots SET gave_way = false WHERE id = ANY(${slotIds}::uuid[])`
}

/** Expects the slots locked and free; first ends any expired hold on them. */
export async function deleteSlots(tx: Transaction, slotIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT end_overdue_reservation(c.reservation_id)::text FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
     WHERE s.id = ANY(${slotIds}::uuid[]) AND c.released_at IS NULL AND s.held_until <= now()`
  await tx.$executeRaw`
    UPDATE slots SET taken = false, held_until = NULL, deleted_at = now()
     WHERE id = ANY(${slotIds}::uuid[])`
}

/**
 * Inserts slots in order of table and time; with `gaveWay` they wait for parties off the plan to go. The
 * tables are locked. Returns their ids.
 */
export async function insertSlots(
  tx: Transaction,
  {
    restaurantId,
    serviceDate,
    slots,
    gaveWay = false,
  }: {
    restaurantId: string
    serviceDate: ServiceDate
    slots: readonly SlotToAdd[]
    gaveWay?: boolean
  },
): Promise<string[]> {
  const made = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO slots (restaurant_id, service_date, table_id, starts_at, ends_at, min_party, max_party, blocked,
                       gave_way, deleted_at)
    SELECT ${restaurantId}::uuid, ${serviceDate}::date, planned.*, ${gaveWay}, CASE WHEN ${gaveWay} THEN now() END
      FROM unnest(${slots.map(({ tableId }) => tableId)}::uuid[],
                  ${slots.map(({ startsAt }) => startsAt.toISOString())}::timestamptz[],
                  ${slots.map(({ endsAt }) => endsAt.toISOString())}::timestamptz[],
                  ${slots.map(({ minParty }) => minParty)}::smallint[],
                  ${slots.map(({ maxParty }) => maxParty)}::smallint[],
                  ${slots.map(({ blocked }) => blocked)}::boolean[])
        AS planned (table_id, starts_at, ends_at, min_party, max_party, blocked)
     ORDER BY planned.table_id, planned.starts_at
    RETURNING id`
  return made.map(({ id }) => id)
}

async function recordDay(
  tx: Transaction,
  { restaurantId, actor, change }: ApplyingDay & { actor: AuditActor },
): Promise<void> {
  const { serviceDate, state, added, removed, kept } = change
  await recordAct(tx, {
    subject: 'SERVICE_DATE',
    subjectId: restaurantId,
    restaurantId,
    act: 'MAKE_SCHEDULE',
    to: state === 'CLOSES' ? 'CLOSED' : 'SCHEDULED',
    details: {
      serviceDate,
      state,
      added: added.length,
      removed: removed.length,
      kept: kept.length,
    },
    actor,
  })
}
