import fc from 'fast-check'
import { changeReservation } from '@/domain/booking/change.commands'
import { placeReservation } from '@/domain/booking/commands'
import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { undoAct } from '@/domain/booking/undo.commands'
import { pool } from '@/lib/db/database'
import { actorOf, move, walkIn } from './booking-restaurant'
import { setUpPlan } from './change-scene'
import { combineTables } from './combined-scene'
import {
  bookOffPlan,
  changeToOffPlan,
  findWindow,
  findZoneAtNoon,
  makeAnew,
  OFF_PLAN_TABLES,
  SEATINGS,
} from './evening-off-plan'
import {
  type Answer,
  type Evening,
  isToCome,
  listOffPlan,
  OFF_PLAN_SEATING,
  type Plan,
  type Seating,
  slotsOfWindow,
  slotsTogether,
  WINDOWS,
  type Wish,
} from './evening-paper'
import { correct } from './floor-scene'
import { noLater } from './guest-scene'

/** How many guests the tables take. */
const TABLES = [2, 4, 4]
/** Those that can be pushed together, for more than one of them seats. */
const COMBINATION = { tables: [1, 2], minParty: 5, maxParty: 8 }
/** Guests without an account, by their phone. */
const CALLERS = ['010-2345-6789', '010-3456-7890', '010-4567-8901']

export const actNames = [
  'BOOK',
  'PHONE',
  'COMBINED',
  'OFF_PLAN',
  'OFF_CHANGE',
  'SCHEDULE',
  'WALK_IN',
  'CHANGE',
  'OWN_CHANGE',
  'SWAP',
  'UNDO',
  'TO_BOOKED',
  'TO_SEATED',
  'CONFIRM',
  'GIVE_BACK',
  'CANCEL',
  'SEAT',
  'LEAVE',
  'NO_SHOW',
  'ARRIVE',
] as const

/** One act, before it is known which parties the evening has. */
const step = fc.record({
  act: fc.constantFrom('BOOK', 'SEAT', ...actNames),
  party: fc.nat(9),
  other: fc.nat(9),
  slot: fc.nat(TABLES.length * SEATINGS - 1),
  partySize: fc.integer({ min: 1, max: 5 }),
  /** Of a party that only a combination seats. */
  largeParty: fc.integer({ min: COMBINATION.minParty, max: COMBINATION.maxParty }),
})
export type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/** Acts that happen at the same moment, one group after the other. */
export const stormOf = ({ most, groups }: { most: number; groups: number }) =>
  fc.array(fc.array(step, { minLength: 1, maxLength: most }), {
    minLength: groups / 2,
    maxLength: groups,
  })

/** The first seating runs, the others are to come. */
export async function openEvening({ isHold }: { isHold: boolean }) {
  const timeZone = findZoneAtNoon()
  const scene = await setUpPlan({
    tables: TABLES,
    seatings: SEATINGS,
    days: 1,
    inMinutes: -60,
    timeZone,
    confirmWithinMinutes: isHold ? 10 : null,
  })
  const seatings: Seating[] = []
  const cells = TABLES.map((_, table) =>
    Array.from({ length: SEATINGS }, (__, seating) => scene.cellAt(0, table, seating)),
  )
  for (const [table, most] of TABLES.entries())
    for (const [seating, cell] of (cells[table] ?? []).entries())
      seatings.push({ slotId: cell.slotId, table, seating, most })
  for (const table of OFF_PLAN_TABLES)
    seatings.push(...listOffPlan({ table, most: TABLES[table] ?? 0 }))
  const plan: Plan = { seatings, nextSeating: 1, combination: COMBINATION.tables }
  const { tables, ...sizes } = COMBINATION
  const tableNumbers = tables.map((table) => scene.cellAt(0, table, 0).tableNumber)
  await combineTables({ ...scene, combinations: [{ tableNumbers, ...sizes }] })
  return { ...scene, timeZone, plan, isHold }
}
type Opened = Awaited<ReturnType<typeof openEvening>>

/** What the step asks for in this evening. Null: there is nobody it could be about. */
export function wishOf(
  { plan, dinerId, otherId, thirdId }: Opened,
  evening: Evening,
  { act, party, other, slot, partySize, largeParty }: Step,
): Wish | null {
  const { slotId = '', seating = 0 } = plan.seatings[slot] ?? {}
  const diners = [dinerId, otherId, thirdId]
  const parties = [...evening.parties.values()]
  const coming = parties.filter(({ status }) => isToCome(status))
  // Most acts are on a party to come.
  const asked = other % 3 > 0 && coming.length > 0 ? coming : parties
  const of = asked[party % (asked.length || 1)]
  if (act === 'BOOK') return { act, dinerId: diners[party % 3] ?? '', seating, partySize }
  const caller = CALLERS[party % CALLERS.length] ?? ''
  if (act === 'COMBINED') return { act, caller, seating, partySize: largeParty }
  if (act === 'PHONE') return { act, caller, slot: slotId, partySize, insists: other % 3 === 0 }
  const table = OFF_PLAN_TABLES[slot % OFF_PLAN_TABLES.length] ?? 0
  const offPlan = { table, window: other % WINDOWS }
  if (act === 'OFF_PLAN') return { act, caller, ...offPlan, partySize }
  if (act === 'SCHEDULE') return { act, isLonger: other % 2 === 0 }
  if (act === 'WALK_IN') {
    const beside = plan.seatings[(slot + SEATINGS * (other % 3)) % (TABLES.length * SEATINGS)]
    return { act, slots: [...new Set([slotId, beside?.slotId ?? slotId])].toSorted(), partySize }
  }
  if (!of) return null
  const { id } = of
  switch (act) {
    case 'UNDO': {
      const actIds = [...evening.acts.keys()]
      return { act, actId: actIds.at(-1 - (party % (actIds.length || 1))) ?? id }
    }
    case 'CHANGE':
      if (other % 4 > 0) return { act, id, slots: [slotId], partySize }
      // A few have more tables than they need.
      return {
        ...{ act, id, slots: slotsTogether(plan, seating) },
        partySize: other === 4 ? partySize : largeParty,
      }
    case 'OFF_CHANGE':
      return { act, id, ...offPlan, partySize }
    case 'OWN_CHANGE':
      return of.dinerId ? { act, id, seating, partySize } : null
    case 'SWAP':
      return { act, id, other: asked[(party + other) % asked.length]?.id ?? id }
    case 'CONFIRM':
    case 'GIVE_BACK':
      return of.dinerId ? { act, id } : null
    default:
      return { act, id }
  }
}

type Performed = { answer: Answer; slots: string[] }

type Outcome =
  | { ok: false; reason: string }
  | { ok: true; value: { id: string; actId?: string | null } }

const told = (outcome: Outcome, slots: string[] = []): Performed =>
  outcome.ok
    ? { answer: { reason: null, id: outcome.value.id, actId: outcome.value.actId ?? null }, slots }
    : { answer: { reason: outcome.reason }, slots: [] }

/** A schedule is no party's. */
const nameDate = (made: { ok: true } | { ok: false; reason: string }): Outcome =>
  made.ok ? { ok: true, value: { id: '' } } : made

async function bookSeating(opened: Opened, wish: Extract<Wish, { act: 'BOOK' }>) {
  const { serviceDate, startsAt } = opened.cellAt(0, 0, wish.seating)
  const { restaurantId } = opened
  const booked = await placeReservation({
    dinerId: wish.dinerId,
    key: crypto.randomUUID(),
    address: null,
    request: { restaurantId, serviceDate, startsAt, partySize: wish.partySize },
  })
  if (!booked.ok) return told(booked)
  const { id, slotId } = booked.value.reservation
  return told({ ok: true, value: { id } }, [slotId])
}

async function bookForCaller(opened: Opened, wish: Extract<Wish, { act: 'PHONE' | 'COMBINED' }>) {
  const { plan } = opened
  const isNamed = wish.act === 'PHONE'
  const { table = 0, seating = 0 } = isNamed
    ? (plan.seatings.find(({ slotId }) => slotId === wish.slot) ?? {})
    : { seating: wish.seating }
  const { serviceDate, startsAt, tableNumber } = opened.cellAt(0, table, seating)
  const booked = await bookForGuest({
    restaurantId: opened.restaurantId,
    actor: actorOf(opened.ownerId),
    later: noLater,
    request: {
      serviceDate,
      startsAt,
      partySize: wish.partySize,
      ...(isNamed && { tableNumbers: [tableNumber], override: wish.insists }),
      guest: { name: '김단골', phone: wish.caller },
      source: 'PHONE',
      notify: false,
    },
  })
  return told(booked, booked.ok ? slotsAt(opened, booked.value) : [])
}

/** The seatings that begin then at these tables. */
function slotsAt(
  { plan, cellAt }: Opened,
  { tableNumbers, startsAt }: { tableNumbers: number[]; startsAt: string },
): string[] {
  const isThere = ({ table, seating }: Seating) => {
    if (seating === OFF_PLAN_SEATING) return false
    const cell = cellAt(0, table, seating)
    const isThen = Date.parse(cell.startsAt) === Date.parse(startsAt)
    return isThen && tableNumbers.includes(cell.tableNumber)
  }
  return plan.seatings.filter(isThere).map(({ slotId }) => slotId)
}

async function changePlace(
  opened: Opened,
  evening: Evening,
  wish: Extract<Wish, { act: 'CHANGE' | 'OWN_CHANGE' | 'SWAP' }>,
) {
  const own = wish.act === 'OWN_CHANGE'
  const dinerId = own ? (evening.parties.get(wish.id)?.dinerId ?? '') : null
  const changed = await changeReservation({
    reservationId: wish.id,
    change: changeOf(opened, wish),
    actor: actorOf(dinerId ?? opened.ownerId),
    scope: own ? 'diner' : 'staff',
    later: noLater,
  })
  return told(changed, changed.ok ? slotsAt(opened, changed.value) : [])
}

function changeOf(opened: Opened, wish: Extract<Wish, { act: 'CHANGE' | 'OWN_CHANGE' | 'SWAP' }>) {
  if (wish.act === 'SWAP') return { swapWith: wish.other }
  const { partySize } = wish
  if (wish.act === 'OWN_CHANGE')
    return { startsAt: opened.cellAt(0, 0, wish.seating).startsAt, partySize }
  const cells = opened.plan.seatings
    .filter(({ slotId }) => wish.slots.includes(slotId))
    .map(({ table, seating }) => opened.cellAt(0, table, seating))
  const tableNumbers = cells.map(({ tableNumber }) => tableNumber)
  return { startsAt: cells[0]?.startsAt, tableNumbers, partySize }
}

/** Does what is wished, as the product does it. */
export async function perform(opened: Opened, evening: Evening, wish: Wish): Promise<Performed> {
  const { ownerId } = opened
  switch (wish.act) {
    case 'BOOK':
      return bookSeating(opened, wish)
    case 'PHONE':
    case 'COMBINED':
      return bookForCaller(opened, wish)
    case 'OFF_PLAN':
      return told(await bookOffPlan(opened, wish))
    case 'OFF_CHANGE':
      return told(await changeToOffPlan(opened, wish))
    case 'SCHEDULE':
      return told(nameDate(await makeAnew(opened, wish)))
    case 'WALK_IN':
      return told(await walkIn(opened, wish.slots, ownerId, wish.partySize))
    case 'CHANGE':
    case 'OWN_CHANGE':
    case 'SWAP':
      return changePlace(opened, evening, wish)
    case 'UNDO': {
      const undone = await undoAct({ actId: wish.actId, actor: actorOf(ownerId) })
      return told(undone.ok ? { ok: true, value: { id: undone.value.id } } : undone)
    }
    case 'TO_BOOKED':
      return told(await correct(wish.id, 'CONFIRMED', ownerId))
    case 'TO_SEATED':
      return told(await correct(wish.id, 'SEATED', ownerId))
    case 'CONFIRM':
    case 'GIVE_BACK': {
      const dinerId = evening.parties.get(wish.id)?.dinerId ?? ''
      const act = wish.act === 'CONFIRM' ? 'CONFIRM' : 'CANCEL'
      const moved = await move(wish.id, act, dinerId, 'diner')
      // No undo by staff takes back what a diner does.
      return told(moved.ok ? { ok: true, value: { id: moved.value.id } } : moved)
    }
    default:
      return told(await move(wish.id, wish.act, ownerId))
  }
}

const keeping = ['HELD', 'CONFIRMED', 'SEATED']

/** The evening in one line per party, as the model has it. */
export const describeEvening = ({ parties }: Evening): string[] =>
  [...parties.values()]
    .map(({ id, status, slots, partySize, hasArrived }) =>
      describe(id, { status, slots, partySize, hasArrived }),
    )
    .toSorted()

function describe(
  id: string,
  {
    status,
    slots,
    partySize,
    hasArrived,
  }: { status: string; slots: readonly string[]; partySize: number; hasArrived: boolean },
) {
  const place = keeping.includes(status) ? slots.toSorted().join(' ') : ''
  return `${id} ${status} ${partySize} ${status === 'CONFIRMED' && hasArrived} ${place}`
}

/** The same, as the rows have it. */
export async function readEvening(opened: Opened): Promise<string[]> {
  const { rows } = await pool.query<{
    id: string
    status: string
    partySize: number
    hasArrived: boolean
    slots: { id: string; startsAt: string; number: number; isOffPlan: boolean }[]
  }>(
    `SELECT v.id::text, v.status::text, v.party_size AS "partySize", v.arrived_at IS NOT NULL AS "hasArrived",
            (SELECT coalesce(json_agg(json_build_object('id', s.id, 'startsAt', iso_instant(s.starts_at),
                                                        'number', t.number, 'isOffPlan', s.off_plan)), '[]')
               FROM reservation_slots c JOIN slots s ON s.id = c.slot_id JOIN restaurant_tables t ON t.id = s.table_id
              WHERE c.reservation_id = v.id AND c.released_at IS NULL) AS slots
       FROM reservations v WHERE v.restaurant_id = $1`,
    [opened.restaurantId],
  )
  const nameSlots = ({ id, isOffPlan, ...at }: (typeof rows)[number]['slots'][number]) =>
    isOffPlan ? slotsOfWindow(findWindow(opened, at)) : [id]
  return rows
    .map(({ id, slots, ...party }) => describe(id, { ...party, slots: slots.flatMap(nameSlots) }))
    .toSorted()
}
