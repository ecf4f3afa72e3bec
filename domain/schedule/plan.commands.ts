import { recordAct, SERVICE } from '@/domain/identity/audit.commands'
import { lockRestaurant } from '@/domain/restaurant/commands'
import { readStaffRole, readStaffRoleIn } from '@/domain/restaurant/queries'
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

/** Null: the service itself, which continues what somebody began. */
type Author = StaffActor | null
type Applying = { restaurantId: string; author: Author; lease: Lease }

/** One maker of a restaurant's schedule at a time, over all of its dates. */
export const leaseNameOf = (restaurantId: string) => `schedule:${restaurantId}`

/**
 * Makes the schedule of these dates exactly as a preview showed it. Under the restaurant's lease,
 * and one transaction a date: what was done before something stood in the way stays done.
 *
 * Refuses `not-found`, `past-date`, `no-hours`, `no-tables`; `being-edited` when somebody else is
 * at it; `changed-meanwhile`, with a new `preview` of the same dates in the details, when applying
 * would do anything else than the preview said; `overlaps-other-date`.
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

/** `fingerprint` null: nobody looked at a preview, so whatever it would say is applied. */
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
 * One date, all or nothing. Locks the restaurant's row (against its key bookings go on), then the
 * service date's, which also compares the fencing number, then the date's slots in id order,
 * waiting for bookings that are under way; new slots go in ordered by table and time. What it was
 * about to do is worked out once more on what is locked: a booking that came first makes it stop.
 */
async function applyDay(asked: ApplyingDay): Promise<Result<null, DayRefusal>> {
  const apply = async (tx: Transaction, stop: Stop<DayRefusal>) => {
    await lockForApplying({ ...asked, tx, stop })
    await writeDay(tx, asked)
    await recordDay({ ...asked, tx, stop })
    return null
  }
  return runTransaction(apply, {
    constraints: {
      slots_no_overlap: 'overlaps-other-date',
      // An opening of the date was announced since it was looked at, and the date opens with it.
      service_dates_opens_with_opening: 'changed-meanwhile',
    },
  })
}

type Locked = ApplyingDay & { tx: Transaction; stop: Stop<DayRefusal> }

async function lockForApplying({ tx, stop, ...asked }: Locked): Promise<void> {
  const { restaurantId, lease, restaurant, change } = asked
  const { serviceDate } = change
  const locked = await lockRestaurant(tx, restaurantId)
  if (!locked) return stop(refuse('not-found'))
  if (locked.version !== restaurant.version) return stop(refuse('changed-meanwhile'))
  const isNew = await raiseFence({ tx, stop, restaurantId, serviceDate, lease })
  await tx.$queryRawUnsafe(
    `${EXISTING_SLOTS} FOR UPDATE OF s`,
    restaurantId,
    serviceDate,
    serviceDate,
  )
  const range = { from: serviceDate, to: serviceDate }
  const compared = await compareDays({ restaurant, ...range, read: readingIn(tx) })
  // The row that was just made for a new date is not what was compared.
  const present = isNew ? compared.map((day) => ({ ...day, ...asNew(change) })) : compared
  if (fingerprintChanges(present) !== fingerprintChanges([change]))
    stop(refuse('changed-meanwhile'))
}

const asNew = ({ state, opensAt, opensAtChanges }: DayChange) => ({
  state,
  opensAt,
  opensAtChanges,
})

/** True where the date had no row. Postgres refuses a number older than it has seen. */
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
  const { serviceDate, opensAt, state, removed, added } = change
  await tx.$executeRaw`
    UPDATE service_dates SET closed = ${state === 'CLOSES'}, opens_at = ${opensAt}::timestamptz
     WHERE restaurant_id = ${restaurantId}::uuid AND service_date = ${serviceDate}::date`
  await deleteSlots(
    tx,
    removed.map(({ id }) => id),
  )
  await insertSlots(tx, { restaurantId, serviceDate, slots: added })
}

/** Of slots that are locked and free; a hold on them that ran out is ended first. */
export async function deleteSlots(tx: Transaction, slotIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT end_overdue_reservation(c.reservation_id)::text FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
     WHERE s.id = ANY(${slotIds}::uuid[]) AND c.released_at IS NULL AND s.held_until <= now()`
  await tx.$executeRaw`
    UPDATE slots SET taken = false, held_until = NULL, deleted_at = now()
     WHERE id = ANY(${slotIds}::uuid[])`
}

/**
 * In the order of tables and times, so that no two makers wait for each other crosswise. Answers
 * their ids.
 */
export async function insertSlots(
  tx: Transaction,
  {
    restaurantId,
    serviceDate,
    slots,
  }: { restaurantId: string; serviceDate: ServiceDate; slots: readonly SlotToAdd[] },
): Promise<string[]> {
  const made = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO slots (restaurant_id, service_date, table_id, starts_at, ends_at, min_party, max_party, blocked)
    SELECT ${restaurantId}::uuid, ${serviceDate}::date, planned.*
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

/** Rights are read after the locks: whoever was removed meanwhile makes nothing any more. */
async function recordDay({ tx, stop, restaurantId, author, change }: Locked): Promise<void> {
  const { serviceDate, state, added, removed, kept } = change
  const event = {
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
  } as const
  if (!author) {
    await recordAct(tx, { ...event, actor: SERVICE })
    return
  }
  const role = await readStaffRoleIn(tx, { accountId: author.accountId, restaurantId })
  if (!role || role === 'STAFF') return stop(refuse('not-found'))
  await recordAct(tx, { ...event, actor: { ...author, role } })
}
