import { changeReservation } from '@/domain/booking/change.commands'
import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { applySchedule } from '@/domain/schedule/plan.commands'
import { previewSchedule } from '@/domain/schedule/plan.queries'
import { actorOf } from './booking-restaurant'
import type { setUpPlan } from './change-scene'
import { minutesOf, WINDOWS, type Wish } from './evening-paper'
import { noLater } from './guest-scene'
import { setHours } from './schedule-scene'

const MINUTE_MS = 60_000
export const SEATINGS = 3
const SEATING_MINUTES = 90
/** How long after the first seating the one begins that schedules have or have not. */
const LATE_MINUTES = 360
/** Those at which parties come off the plan too. */
export const OFF_PLAN_TABLES = [1, 2]

type Stage = Pick<Awaited<ReturnType<typeof setUpPlan>>, 'restaurantId' | 'ownerId' | 'cellAt'> & {
  timeZone: string
}

/** It is about noon there, so that no evening of the storm crosses the day cut. */
export function findZoneAtNoon(): string {
  const ahead = 12 - new Date().getUTCHours()
  // In these names the sign is the other way round.
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

/** When a party is there off the plan, and at which table. */
function stayAt(stage: Stage, { table, window }: { table: number; window: number }) {
  const { startsAt: first, serviceDate, tableNumber } = stage.cellAt(0, table, 0)
  const { from, to } = minutesOf(window)
  const startsAt = new Date(Date.parse(first) + from * MINUTE_MS).toISOString()
  return { serviceDate, startsAt, minutes: to - from, tableNumbers: [tableNumber] }
}

export function bookOffPlan(stage: Stage, wish: Extract<Wish, { act: 'OFF_PLAN' }>) {
  return bookForGuest({
    restaurantId: stage.restaurantId,
    actor: actorOf(stage.ownerId),
    later: noLater,
    request: {
      ...stayAt(stage, wish),
      partySize: wish.partySize,
      guest: { name: '김단골', phone: wish.caller },
      source: 'PHONE',
      notify: false,
      override: true,
    },
  })
}

export function changeToOffPlan(stage: Stage, wish: Extract<Wish, { act: 'OFF_CHANGE' }>) {
  const { serviceDate: _, ...stay } = stayAt(stage, wish)
  return changeReservation({
    reservationId: wish.id,
    change: { ...stay, partySize: wish.partySize, override: true },
    actor: actorOf(stage.ownerId),
    scope: 'staff',
    later: noLater,
  })
}

/** The seatings stay as they are; one after all of them comes or goes, so that the date is written. */
export async function makeAnew(stage: Stage, { isLonger }: Extract<Wish, { act: 'SCHEDULE' }>) {
  const { restaurantId, ownerId: accountId, timeZone } = stage
  const { startsAt, serviceDate } = stage.cellAt(0, 0, 0)
  const wall = new Date(startsAt).toLocaleTimeString('en-GB', { timeZone })
  const [hour = 0, minute = 0] = wall.split(':').map(Number)
  const from = hour * 60 + minute
  const evening: [number, number] = [from, from + SEATINGS * SEATING_MINUTES]
  const late: [number, number] = [from + LATE_MINUTES, from + LATE_MINUTES + SEATING_MINUTES]
  await setHours({ restaurantId, stretches: isLonger ? [evening, late] : [evening] })
  const range = { restaurantId, from: serviceDate, to: serviceDate }
  const shown = await previewSchedule({ ...range, accountId })
  if (!shown.ok) return shown
  const { fingerprint } = shown.value
  return applySchedule({ ...range, fingerprint, actor: actorOf(accountId) })
}

/** Which stretch off the plan begins then, at which of the evening's tables. */
export function findWindow(
  stage: Stage,
  { startsAt, number }: { startsAt: string; number: number },
) {
  const places = OFF_PLAN_TABLES.flatMap((table) =>
    Array.from({ length: WINDOWS }, (_, window) => ({ table, window })),
  )
  const found = places.find((place) => {
    const stay = stayAt(stage, place)
    return stay.tableNumbers.includes(number) && Date.parse(stay.startsAt) === Date.parse(startsAt)
  })
  if (!found) throw new Error(`nobody asked for table ${number} at ${startsAt}`)
  return found
}
