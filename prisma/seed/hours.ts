import { countWallMinutes } from '@/domain/schedule/rules'
import type { DemoRestaurant } from './restaurants'

type Stretch = { fromMinutes: number; toMinutes: number }

/** Consecutive seatings form one stretch of hours; a gap between them is a break. */
function joinSeatings({
  seatings,
  seatingMinutes,
}: Pick<DemoRestaurant, 'seatings' | 'seatingMinutes'>): Stretch[] {
  const stretches: Stretch[] = []
  for (const fromMinutes of seatings.map(countWallMinutes).toSorted((a, b) => a - b)) {
    const last = stretches.at(-1)
    const toMinutes = fromMinutes + seatingMinutes
    if (last?.toMinutes === fromMinutes) last.toMinutes = toMinutes
    else stretches.push({ fromMinutes, toMinutes })
  }
  return stretches
}

/** The week from which the demo's schedules are made. */
export function listHours(restaurant: DemoRestaurant): (Stretch & { weekday: number })[] {
  return [1, 2, 3, 4, 5, 6, 7]
    .filter((weekday) => weekday !== restaurant.closedWeekday)
    .flatMap((weekday) => joinSeatings(restaurant).map((stretch) => ({ weekday, ...stretch })))
}
