import { insertSlot, setAll } from './constraint-scene'

const insertClosed = ({
  closure = '{closure}',
  table = '{table}',
  from = '2026-12-06T09:00Z',
  to = '2026-12-06T12:00Z',
} = {}) => `INSERT INTO closed_tables VALUES (${closure}, ${table}, '${from}', '${to}')`

const insertClosure = (columns: string, values: string) =>
  `INSERT INTO table_closures (starts_at, ends_at, ${columns}) VALUES (now(), now() + interval '1 hour', ${values})`

const insertNote = (restaurant: string) =>
  `INSERT INTO shift_notes (restaurant_id, service_date) VALUES (${restaurant}, '2026-12-04')`

/** What the constraints of closed tables and shift notes refuse; each statement violates only that one. */
export const closureRefusals: Record<string, string[]> = {
  closed_tables_closure_fkey: [insertClosed({ closure: '{nobody}' })],
  closed_tables_ends_later: [insertClosed({ to: '2026-12-06T09:00Z' })],
  closed_tables_no_overlap: [
    `WITH other AS (${insertClosure('restaurant_id', '{restaurant}')} RETURNING id)
     INSERT INTO closed_tables SELECT id, {empty}, '2026-12-06T11:59Z', '2026-12-06T13:00Z' FROM other`,
  ],
  closed_tables_pkey: [
    insertClosed({ table: '{empty}', from: '2026-12-07T09:00Z', to: '2026-12-07T10:00Z' }),
  ],
  closed_tables_table_fkey: [insertClosed({ table: '{nobody}' })],
  shift_notes_pkey: [insertNote('{restaurant}')],
  shift_notes_restaurant_fkey: [insertNote('{nobody}')],
  shift_notes_text_length: setAll('shift_notes', [`text = ''`, `text = repeat('말', 501)`]),
  shift_notes_writer_fkey: setAll('shift_notes', ['written_by = {nobody}']),
  slots_closed_is_blocked: ['UPDATE slots SET closed = true WHERE id = {late}'],
  slots_table_is_open: [
    `${insertClosed({ from: '2026-12-04T11:00Z', to: '2026-12-04T11:30Z' })};
     ${insertSlot({ from: '2026-12-04T10:45Z', to: '2026-12-04T11:15Z', columns: ', off_plan, taken', values: ', true, true' })}`,
  ],
  table_closures_area_fkey: setAll('table_closures', ['area_id = {nobody}']),
  table_closures_ends_later: setAll('table_closures', ['ends_at = starts_at']),
  table_closures_pkey: [insertClosure('restaurant_id, id', '{restaurant}, {closure}')],
  table_closures_reason_length: setAll('table_closures', [
    `reason = ''`,
    `reason = repeat('비', 101)`,
  ]),
  table_closures_restaurant_fkey: [insertClosure('restaurant_id', '{nobody}')],
}
