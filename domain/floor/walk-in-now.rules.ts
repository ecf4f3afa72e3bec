import { LEAST_SITTING_MINUTES } from '@/domain/booking/walk-in-place.rules'
import { rankCombinations } from '@/domain/restaurant/table-group.rules'
import type { Day, DaySlot } from './schema'
import { isSoon, isWorthSitting, listWalkInChoices, pickBestFit } from './walk-in.rules'

const MINUTE_MS = 60_000
const NOW = 'now-'

type Asked = { day: Seatable; chosenIds: string[]; nowMs: number }
type Seatable = Pick<Day, 'slots' | 'tables' | 'serviceDate' | 'today'>

const isNowId = (slotId: string) => slotId.startsWith(NOW)

/** Whether a choice is a table from now on, and no seating of the plan. */
export const isTableNow = ({ slotId }: Pick<DaySlot, 'slotId'>) => isNowId(slotId)

/**
 * The tables at which a party may sit down now although the plan has no slot for it there: nobody sits or
 * is due, and the next booking leaves time enough. Each as a slot that begins now and ends with its next
 * booking, or with nothing booked when it began. By table.
 */
export function listTablesNow({
  day: { slots, tables, serviceDate, today },
  nowMs,
}: {
  day: Seatable
  nowMs: number
}): DaySlot[] {
  if (serviceDate !== today) return []
  return tables
    .filter(({ seatedReservationId }) => seatedReservationId === null)
    .flatMap(({ number: tableNumber, minParty, maxParty }) => {
      const taken = slots.filter(
        (slot) =>
          slot.tableNumber === tableNumber &&
          slot.state !== 'FREE' &&
          Date.parse(slot.endsAt) > nowMs,
      )
      const nextMs = Math.min(...taken.map(({ startsAt }) => Date.parse(startsAt)))
      if (nextMs < nowMs + LEAST_SITTING_MINUTES * MINUTE_MS) return []
      const startsAt = new Date(nowMs).toISOString()
      const endsAt = Number.isFinite(nextMs) ? new Date(nextMs).toISOString() : startsAt
      const ids = { slotId: `${NOW}${tableNumber}`, reservationId: null, offPlan: true }
      return [{ ...ids, tableNumber, minParty, maxParty, startsAt, endsAt, state: 'FREE' as const }]
    })
    .toSorted((a, b) => a.tableNumber - b.tableNumber)
}

/**
 * Where a party that sits down now can be seated, beside what is chosen already: the plan's slots, and
 * from now on the tables at which it has none at this hour. The plan's later slots are offered only
 * where nothing can be had now, or one of them is chosen.
 */
export function listSeats({ day, chosenIds, nowMs }: Asked): DaySlot[] {
  const seatings = listWalkInChoices({ day, chosenIds, nowMs })
  if (seatings.some(({ slotId }) => chosenIds.includes(slotId)) && !chosenIds.some(isNowId))
    return [...seatings, ...listBeside({ day, nowMs, chosenIds, seatings })].toSorted(byTable)
  const soon = seatings.filter((slot) => isSoon({ slot, nowMs }))
  const now = listBeside({ day, nowMs, chosenIds, seatings: soon })
  return now.length > 0 ? [...soon, ...now].toSorted(byTable) : seatings
}

const byTable = (a: DaySlot, b: DaySlot) =>
  a.tableNumber - b.tableNumber || a.startsAt.localeCompare(b.startsAt)

/** The tables from now on that have no slot of the plan at about this hour; none beside a later time. */
function listBeside({ day, chosenIds, nowMs, seatings }: Asked & { seatings: DaySlot[] }) {
  const isLater = seatings.some(
    (slot) => chosenIds.includes(slot.slotId) && !isSoon({ slot, nowMs }),
  )
  if (isLater) return []
  const planned = new Set(
    seatings.filter((slot) => isSoon({ slot, nowMs })).map(({ tableNumber }) => tableNumber),
  )
  return listTablesNow({ day, nowMs }).filter(({ tableNumber }) => !planned.has(tableNumber))
}

/** What to propose: the plan's best fit, else the smallest table from now on that is large enough. */
export function proposeSeat({
  day,
  partySize,
  nowMs,
}: {
  day: Seatable
  partySize: number
  nowMs: number
}): DaySlot | null {
  const best = pickBestFit({ day, partySize, nowMs })
  if (best) return best
  const [table = null] = listTablesNow({ day, nowMs })
    .filter(({ maxParty }) => maxParty >= partySize)
    .toSorted((a, b) => a.maxParty - b.maxParty)
  return table
}

/** The first seat of each table at which a party can sit down now, and for long enough. */
function listFirstSeats({ day, nowMs }: Omit<Asked, 'chosenIds'>): Map<number, DaySlot> {
  const seats = new Map<number, DaySlot>()
  for (const slot of listSeats({ day, chosenIds: [], nowMs }))
    if (!seats.has(slot.tableNumber) && (isTableNow(slot) || isWorthSitting({ slot, nowMs })))
      seats.set(slot.tableNumber, slot)
  return seats
}

/**
 * What to propose to a party that sits down now, by table: the one seat that fits best; where none does
 * alone, those of the restaurant's own combination that fits best. Empty: there is neither.
 */
export function proposeSeats({
  day,
  partySize,
  nowMs,
}: {
  day: Seatable & Pick<Day, 'combinations'>
  partySize: number
  nowMs: number
}): DaySlot[] {
  const one = proposeSeat({ day, partySize, nowMs })
  if (one) return [one]
  const seats = listFirstSeats({ day, nowMs })
  const [best] = rankCombinations({ partySize, combinations: day.combinations }).filter(
    ({ tableNumbers }) => tableNumbers.every((number) => seats.has(number)),
  )
  return best?.tableNumbers.flatMap((number) => seats.get(number) ?? []) ?? []
}

/** The same seats, those at these tables first: staff need not look for what is proposed. */
export function leadWith({
  seats,
  tableNumbers,
}: {
  seats: DaySlot[]
  tableNumbers: readonly number[]
}): DaySlot[] {
  const rankOf = ({ tableNumber }: DaySlot) => (tableNumbers.includes(tableNumber) ? 0 : 1)
  return seats.toSorted((a, b) => rankOf(a) - rankOf(b))
}

/** The chosen seats as they are asked for: where one is from now on, all of these tables are. */
export function nameSeats(chosen: DaySlot[]): { slotIds: string[]; tableNumbers?: number[] } {
  if (!chosen.some(isTableNow)) return { slotIds: chosen.map(({ slotId }) => slotId) }
  return {
    slotIds: [],
    tableNumbers: [...new Set(chosen.map(({ tableNumber }) => tableNumber))],
  }
}
