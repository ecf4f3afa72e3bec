import { Temporal } from 'temporal-polyfill'
import type {
  DayChange,
  DayPreview,
  ExistingDay,
  ExistingSlot,
  PlanningRestaurant,
  SlotToAdd,
} from './plan.schema'
import { addDays, findInstant, formatWallTime, planSlots } from './rules'
import type { PlannedSlot, ServiceDate, SlotPlan } from './types'

/** ISO 8601: 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: ServiceDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek
}

export function listDates({ from, to }: { from: ServiceDate; to: ServiceDate }): ServiceDate[] {
  const count = Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days + 1
  return Array.from({ length: Math.max(0, count) }, (_, days) => addDays({ date: from, days }))
}

/**
 * When bookings of a date open. A restaurant that takes same-day bookings only opens them on the
 * day itself, whatever its other settings. Null: as soon as the horizon reaches the date.
 */
export function findOpening({
  restaurant,
  serviceDate,
}: {
  restaurant: Pick<
    PlanningRestaurant,
    'opensMinutes' | 'opensDaysBefore' | 'sameDayOnly' | 'timeZone'
  >
  serviceDate: ServiceDate
}): Date | null {
  if (restaurant.opensMinutes === null) return null
  const daysBefore = restaurant.sameDayOnly ? 0 : restaurant.opensDaysBefore
  return findInstant({
    serviceDate: addDays({ date: serviceDate, days: -daysBefore }),
    wallTime: formatWallTime(restaurant.opensMinutes),
    timeZone: restaurant.timeZone,
  }).at
}

/** Whether bookings of a date that has a schedule are already open; open bookings stay open. */
function isOpen({
  restaurant,
  day,
}: {
  restaurant: PlanningRestaurant
  day: ExistingDay
}): boolean {
  if (day.opensAt !== null) return day.opensAt <= restaurant.now
  if (restaurant.sameDayOnly) return day.serviceDate === restaurant.today
  return day.serviceDate <= addDays({ date: restaurant.today, days: restaurant.horizonDays })
}

/**
 * An announced opening always applies; otherwise open bookings stay open, and the rest follows the
 * rules.
 */
function planOpening({
  restaurant,
  serviceDate,
  day,
}: {
  restaurant: PlanningRestaurant
  serviceDate: ServiceDate
  day: ExistingDay | null
}): Pick<DayChange, 'opensAt' | 'opensAtChanges'> {
  const announced = restaurant.openings.find(({ date }) => date === serviceDate)
  if (announced) {
    const opensAt = new Date(announced.opensAt)
    return { opensAt, opensAtChanges: day !== null && day.opensAt?.getTime() !== opensAt.getTime() }
  }
  if (day && isOpen({ restaurant, day })) return { opensAt: day.opensAt, opensAtChanges: false }
  const opensAt = findOpening({ restaurant, serviceDate })
  const opensAtChanges = day !== null && day.opensAt?.getTime() !== opensAt?.getTime()
  return { opensAt, opensAtChanges }
}

export function planSlotsOf({
  restaurant,
  serviceDate,
}: {
  restaurant: PlanningRestaurant
  serviceDate: ServiceDate
}): Extract<SlotPlan, { ok: true }> {
  const weekday = weekdayOf(serviceDate)
  const hours = restaurant.hours
    .filter((stretch) => stretch.weekday === weekday)
    .map((stretch) => ({
      from: formatWallTime(stretch.fromMinutes),
      to: formatWallTime(stretch.toMinutes),
    }))
  const plan = planSlots({ ...restaurant, serviceDate, hours })
  // The database allows no two stretches of a weekday to overlap.
  if (!plan.ok) throw new Error(`the hours of ${restaurant.id} overlap: ${plan.wallTimes}`)
  return plan
}

const keyOf = ({ tableId, startsAt, endsAt }: PlannedSlot) =>
  `${tableId} ${startsAt.getTime()} ${endsAt.getTime()}`
const isSameParty = (a: PlannedSlot, b: PlannedSlot) =>
  a.minParty === b.minParty && a.maxParty === b.maxParty
const isInTheWay = (a: PlannedSlot, b: PlannedSlot) =>
  a.tableId === b.tableId && a.startsAt < b.endsAt && b.startsAt < a.endsAt

const isAmong = (slot: PlannedSlot, others: readonly PlannedSlot[]) =>
  others.some((other) => keyOf(other) === keyOf(slot))

/**
 * What remaking a date's schedule does to its slots. A slot taken by a party stays as promised,
 * whether or not it is in the plan, and so do past slots and those on other dates (`onOtherDates`);
 * a planned slot that conflicts with any of them is not made. A slot blocked by staff stays
 * blocked. What a party off the plan stands in the way of waits until it goes.
 */
function compareSlots({
  now,
  wanted,
  slots,
  onOtherDates,
}: {
  now: Date
  wanted: readonly PlannedSlot[]
  slots: readonly ExistingSlot[]
  onOtherDates: readonly ExistingSlot[]
}): Pick<DayChange, 'added' | 'removed' | 'kept' | 'waiting' | 'conflicts' | 'crowdedOutCount'> {
  const toCome = wanted.filter(({ endsAt }) => endsAt > now)
  const wantedByKey = new Map(toCome.map((slot) => [keyOf(slot), slot]))
  const isPlanned = (slot: ExistingSlot) => {
    const same = wantedByKey.get(keyOf(slot))
    return same !== undefined && (slot.isTaken || slot.blocked || isSameParty(slot, same))
  }
  const coming = slots.filter(({ endsAt }) => endsAt > now)
  const offPlan = groupByTable(coming.filter(({ isOffPlan }) => isOffPlan))
  const hidden = coming.filter(({ gaveWay }) => gaveWay)
  const live = coming.filter(({ isOffPlan, gaveWay }) => !isOffPlan && !gaveWay)
  const kept = live.filter(isPlanned)
  const conflicts = live.filter((slot) => slot.isTaken && !isPlanned(slot))
  const removed = live.filter((slot) => !slot.isTaken && !isPlanned(slot))
  const missing = toCome.filter((slot) => !isAmong(slot, kept))
  const staying = groupByTable([
    ...kept,
    ...conflicts,
    ...slots.filter(({ endsAt, gaveWay }) => endsAt <= now && !gaveWay),
    ...onOtherDates,
  ])
  const blocked = groupByTable(removed.filter((slot) => slot.blocked))
  const open = missing
    .filter((slot) => !isOverlapped(slot, staying))
    .map((slot): SlotToAdd => ({ ...slot, blocked: isOverlapped(slot, blocked) }))
  const awaited = open.filter((slot) => isOverlapped(slot, offPlan))
  const isAwaited = (slot: ExistingSlot) => isPlanned(slot) && isAmong(slot, awaited)
  return {
    added: open.filter((slot) => !isOverlapped(slot, offPlan)),
    removed,
    kept,
    waiting: {
      added: awaited.filter((slot) => !isAmong(slot, hidden.filter(isAwaited))),
      removed: hidden.filter((slot) => !isAwaited(slot)),
    },
    conflicts,
    crowdedOutCount: missing.length - open.length,
  }
}

const isOverlapped = (slot: PlannedSlot, others: Map<string, ExistingSlot[]>) =>
  others.get(slot.tableId)?.some((other) => isInTheWay(slot, other)) ?? false

function groupByTable(slots: readonly ExistingSlot[]): Map<string, ExistingSlot[]> {
  const tables = new Map<string, ExistingSlot[]>()
  for (const slot of slots) tables.set(slot.tableId, [...(tables.get(slot.tableId) ?? []), slot])
  return tables
}

type Asked = {
  restaurant: PlanningRestaurant
  serviceDate: ServiceDate
  /** Null: no schedule yet. */
  day: ExistingDay | null
  /** The date's own slots, none of them deleted. */
  slots: readonly ExistingSlot[]
  /** Slots of the restaurant's other dates. */
  onOtherDates: readonly ExistingSlot[]
}

/**
 * What remaking one date's schedule from hours, closures, tables and seating length would change.
 * Closing keeps the slots and takes no new bookings.
 */
export function compareDay(asked: Asked): DayChange {
  const { restaurant, serviceDate, day, slots } = asked
  const closure = restaurant.closures.find(({ date }) => date === serviceDate)
  const weekday = weekdayOf(serviceDate)
  const isDayOff = !restaurant.hours.some((stretch) => stretch.weekday === weekday)
  const takenCount = slots.filter(({ isTaken }) => isTaken).length
  if (closure || isDayOff) {
    return {
      serviceDate,
      takenCount,
      added: [],
      removed: [],
      kept: slots.filter(({ gaveWay }) => !gaveWay),
      waiting: { added: [], removed: [] },
      leftOut: [],
      state: day && !day.closed ? 'CLOSES' : 'CLOSED',
      conflicts: slots.filter(({ isTaken, endsAt }) => isTaken && endsAt > restaurant.now),
      crowdedOutCount: 0,
      opensAt: day?.opensAt ?? null,
      opensAtChanges: false,
      closedBecause: closure?.reason ?? null,
    }
  }
  const plan = planSlotsOf({ restaurant, serviceDate })
  const compared = compareSlots({ ...asked, now: restaurant.now, wanted: plan.slots })
  const opening = planOpening({ restaurant, serviceDate, day })
  const state = nameState({ day, ...compared, ...opening })
  const facts = { serviceDate, takenCount, leftOut: plan.leftOut, closedBecause: null }
  return { ...facts, ...compared, ...opening, state }
}

function nameState({
  day,
  added,
  removed,
  waiting,
  opensAtChanges,
}: Pick<DayChange, 'added' | 'removed' | 'waiting' | 'opensAtChanges'> & {
  day: ExistingDay | null
}): DayChange['state'] {
  if (!day) return added.length > 0 ? 'NEW' : 'NOTHING'
  const slots = [added, removed, waiting.added, waiting.removed]
  const isChanged = slots.some(({ length }) => length > 0) || opensAtChanges || day.closed
  return isChanged ? 'CHANGES' : 'SAME'
}

/** Whether the change has to be written. */
export function isToWrite({ state }: Pick<DayChange, 'state'>): boolean {
  return state === 'NEW' || state === 'CHANGES' || state === 'CLOSES'
}

/**
 * Describes exactly what applying a change would do: when a party books a slot that stays, the text
 * is the same; when it books one that would go, the text differs.
 */
export function describeEffects(change: DayChange): string {
  const { serviceDate, state, opensAt, opensAtChanges } = change
  const { waiting } = change
  const added = change.added.map(describeSlot)
  const removed = change.removed.map(({ id }) => id).toSorted()
  const conflicts = change.conflicts.map(({ id }) => id).toSorted()
  const opening = opensAtChanges || state === 'NEW' ? (opensAt?.getTime() ?? null) : null
  const awaited = waiting.added.map(describeSlot).toSorted()
  const forgotten = waiting.removed.map(({ id }) => id).toSorted()
  const effects = [serviceDate, state, opening, added.toSorted(), removed, conflicts]
  return JSON.stringify([...effects, awaited, forgotten])
}

const describeSlot = (slot: SlotToAdd) =>
  `${keyOf(slot)} ${slot.minParty} ${slot.maxParty} ${slot.blocked}`

const byStart = (one: ExistingSlot, other: ExistingSlot) =>
  one.startsAt.getTime() - other.startsAt.getTime() ||
  one.tableNumber - other.tableNumber ||
  one.id.localeCompare(other.id)

/** The change as an owner sees it before deciding; conflicts in the order of the evening. */
export function toDayPreview(change: DayChange): DayPreview {
  const { serviceDate, state, leftOut, opensAtChanges, closedBecause } = change
  return {
    serviceDate,
    state,
    leftOut,
    opensAtChanges,
    closedBecause,
    added: change.added.length,
    removed: change.removed.length,
    kept: change.kept.length,
    taken: change.takenCount,
    conflicts: change.conflicts.toSorted(byStart).map(({ id, tableNumber, startsAt, endsAt }) => ({
      slotId: id,
      tableNumber,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    })),
    crowdedOut: change.crowdedOutCount,
    opensAt: change.opensAt?.toISOString() ?? null,
  }
}
