import { MOST_STAY_MINUTES } from '@/domain/booking/stay.types'
import { byFit, endOfStay, type Sized } from '@/domain/booking/table-choice.rules'
import { countWallMinutes } from '@/domain/schedule/rules'
import { formatTime, readLocalDate } from '@/lib/i18n/moment'
import type { Day, DaySlot } from './schema'

const DAY_MS = 86_400_000

const wallMsAt = ({ atMs, timeZone }: { atMs: number; timeZone: string }) =>
  Date.parse(
    `${readLocalDate({ at: atMs, timeZone })}T${formatTime({ at: atMs, timeZone })}:00.000Z`,
  )

export const dateAfter = (date: string): string =>
  new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10)

/** Whether a time was typed whole, 'HH:MM'. */
export const isWall = (wall: string): boolean => /^\d\d:\d\d/.test(wall)

/** The instant at which the clock in that zone shows this; on a night it skips, that far behind. */
export function findWall({
  date,
  wall,
  timeZone,
}: {
  date: string
  wall: string
  timeZone: string
}): number {
  const wished = Date.parse(`${date}T${wall}:00.000Z`)
  let atMs = wished
  // Once more, because the offset of the first guess may be that of the other side of a clock change.
  for (let tried = 0; tried < 2; tried++) atMs += wished - wallMsAt({ atMs, timeZone })
  return atMs
}

/**
 * The instant of a time typed for a service date, ISO 8601: before its day cut it is the night's after
 * it. Null: no time was typed.
 */
export function readWall({
  day: { serviceDate, timeZone, dayCutMinutes },
  wall,
}: {
  day: Pick<Day, 'serviceDate' | 'timeZone' | 'dayCutMinutes'>
  /** 'HH:MM' */
  wall: string
}): string | null {
  if (!isWall(wall)) return null
  const asked = { wall: wall.slice(0, 5), timeZone }
  const isNight = countWallMinutes(asked.wall) < dayCutMinutes
  const date = isNight ? dateAfter(serviceDate) : serviceDate
  return new Date(findWall({ ...asked, date })).toISOString()
}

/** A length typed in minutes. Null: none that a party could stay. */
export function readMinutes(typed: string): number | null {
  const minutes = Number(typed)
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_STAY_MINUTES ? minutes : null
}

export const minutesOf = ({ startsAt, endsAt }: Pick<DaySlot, 'startsAt' | 'endsAt'>) =>
  Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000)

/**
 * The tables at which nobody has a part of that time, the best fit first; those that are too small come
 * last. `except` is the reservation that moves: its own slots are free to it.
 */
export function listFreeTables({
  day: { tables, slots },
  startsAt,
  minutes,
  partySize,
  nowMs,
  except = null,
}: {
  day: Pick<Day, 'tables' | 'slots'>
  startsAt: string
  minutes: number
  partySize: number
  nowMs: number
  except?: string | null
}): Sized[] {
  const endsAt = endOfStay({ startsAt: new Date(startsAt), minutes }).toISOString()
  const isInTheWay = (slot: DaySlot) =>
    slot.state !== 'FREE' &&
    (except === null || slot.reservationId !== except) &&
    Date.parse(slot.startsAt) < Date.parse(endsAt) &&
    Date.parse(startsAt) < Date.parse(slot.endsAt)
  const hasBegun = Date.parse(startsAt) <= nowMs
  const free = tables.filter(
    ({ number, seatedReservationId }) =>
      !(hasBegun && seatedReservationId !== null && seatedReservationId !== except) &&
      !slots.some((slot) => slot.tableNumber === number && isInTheWay(slot)),
  )
  return free
    .map(({ number, minParty, maxParty }) => ({ tableNumber: number, minParty, maxParty }))
    .toSorted(byFit(partySize))
}
