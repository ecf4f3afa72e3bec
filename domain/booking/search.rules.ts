import type { ReservationSearch } from './search.schema'

/** Asked for nothing, a list shows the day: all there ever was is no answer. */
export function fillInDay({ search, today }: { search: ReservationSearch; today: string }) {
  const { person, restaurant, date } = search
  return person === null && restaurant === null && date === null
    ? { ...search, date: today }
    : search
}
