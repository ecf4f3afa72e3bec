import { insertOccupancy, setAll } from './constraint-scene'

/** What the constraints of seated parties refuse; each statement violates only that one. */
export const occupancyRefusals: Record<string, string[]> = {
  occupancies_cut_is_end: [insertOccupancy({ columns: ', by_day_cut', values: ', true' })],
  occupancies_end_after_start: [
    insertOccupancy({ columns: ', ended_at', values: `, now() - interval '1 ms'` }),
  ],
  occupancies_one_party_per_table: [
    `WITH first AS (${insertOccupancy({})}) ${insertOccupancy({})}`,
  ],
  occupancies_pkey: [
    `WITH first AS (${insertOccupancy({ columns: ', id, ended_at', values: ', {nobody}, now()' })})
     ${insertOccupancy({ columns: ', id', values: ', {nobody}' })}`,
  ],
  occupancies_reservation_fkey: [insertOccupancy({ reservation: '{nobody}' })],
  occupancies_table_fkey: [
    insertOccupancy({ table: '{nobody}' }),
    insertOccupancy({ restaurant: '{other}' }),
  ],
  reservation_slots_moved_is_released: setAll('reservation_slots', ['moved_away = true']),
  reservations_late_range: setAll('reservations', ['late_minutes = 0', 'late_minutes = 121']),
  reservations_left_after_seated: setAll('reservations', [
    `seated_at = now(), left_at = now() - interval '1 ms'`,
  ]),
}
