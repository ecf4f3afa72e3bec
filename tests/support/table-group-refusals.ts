import { insertTable, setAll } from './constraint-scene'

const insertArea = ({
  id = 'gen_random_uuid()',
  restaurant = '{restaurant}',
  name = '테라스',
}: Partial<Record<'id' | 'restaurant' | 'name', string>>) =>
  `INSERT INTO restaurant_areas (id, restaurant_id, name, position) VALUES (${id}, ${restaurant}, '${name}', 1)`

const insertCombination = ({
  id = 'gen_random_uuid()',
  restaurant = '{restaurant}',
  tables = '{table}, {empty}',
  order = 'id',
  party = '5, 8',
}: Partial<Record<'id' | 'restaurant' | 'tables' | 'order' | 'party', string>>) =>
  `INSERT INTO restaurant_combinations (id, restaurant_id, table_ids, min_party, max_party)
   SELECT ${id}::uuid, ${restaurant}::uuid, array_agg(id ORDER BY ${order}), ${party}
     FROM unnest(ARRAY[${tables}]::uuid[]) AS t(id)`

/** What the constraints of tables, areas and combinations refuse; each statement violates only that one. */
export const tableGroupRefusals: Record<string, string[]> = {
  restaurant_areas_id_restaurant_key: [],
  restaurant_areas_name_length: setAll('restaurant_areas', [
    `name = ''`,
    `name = repeat('밥', 31)`,
  ]),
  restaurant_areas_name_once: [insertArea({ name: '홀' })],
  restaurant_areas_pkey: [insertArea({ id: '{area}' })],
  restaurant_areas_position_from_zero: setAll('restaurant_areas', ['position = -1']),
  restaurant_areas_restaurant_fkey: [insertArea({ restaurant: '{nobody}' })],
  restaurant_tables_area_fkey: [
    'UPDATE restaurant_tables SET area_id = {nobody} WHERE id = {table}',
    `INSERT INTO restaurant_tables (restaurant_id, number, min_party, max_party, area_id)
     VALUES ({other}, 1, 1, 4, {area})`,
  ],
  restaurant_tables_area_in_use: [insertTable('number, deleted_at, area_id', '99, now(), {area}')],
  restaurant_tables_cell_once: [
    insertTable(
      'number, floor_x, floor_y, floor_shape',
      "8, 19, 79, 'LONG'), ({restaurant}, 1, 4, 9, 19, 79, 'LONG'",
    ),
  ],
  restaurant_tables_cell_on_plan: [
    ...['-1, 0', '20, 0', '0, -1', '0, 80'].map((cell) =>
      insertTable('number, floor_x, floor_y, floor_shape', `8, ${cell}, 'ROUND'`),
    ),
  ],
  restaurant_tables_placed_whole: [
    insertTable('number, floor_x', '8, 1'),
    insertTable('number, floor_x, floor_y', '8, 1, 1'),
    insertTable('number, floor_shape', "8, 'ROUND'"),
  ],
  restaurant_tables_place_in_use: [
    insertTable('number, deleted_at, floor_x, floor_y, floor_shape', "8, now(), 0, 0, 'ROUND'"),
  ],
  restaurant_combinations_in_use: [
    insertCombination({ tables: '{table}, {nobody}' }),
    insertCombination({ tables: '{table}, {table}' }),
    insertCombination({ restaurant: '{other}' }),
    insertCombination({ order: 'id DESC' }),
    `UPDATE restaurant_tables SET deleted_at = now() WHERE id = {empty}; ${insertCombination({})}`,
  ],
  restaurant_combinations_party_range: setAll('restaurant_combinations', [
    'min_party = 0',
    'min_party = 9',
    'max_party = 101',
  ]),
  restaurant_combinations_pkey: [insertCombination({ id: '{combination}' })],
  // Tables of no restaurant are refused before it.
  restaurant_combinations_restaurant_fkey: [],
  restaurant_combinations_same_set: [insertCombination({ party: '1, 2' })],
  restaurant_combinations_seats: setAll('restaurant_combinations', ['max_party = 9']),
  restaurant_combinations_several_tables: [insertCombination({ tables: '{table}', party: '1, 2' })],
  restaurant_tables_combined_seats: [
    'UPDATE restaurant_tables SET max_party = 3 WHERE id = {table}',
  ],
  restaurant_tables_id_restaurant_key: [],
  restaurant_tables_number_once: [insertTable('number', '1')],
  restaurant_tables_number_positive: [insertTable('number', '0'), insertTable('number', '-1')],
  restaurant_tables_party_range: setAll('restaurant_tables', [
    'min_party = 0',
    'min_party = 5, max_party = 4',
    'max_party = 101',
  ]),
  restaurant_tables_pkey: [insertTable('number, id', '9, {table}')],
  restaurant_tables_restaurant_fkey: setAll('restaurant_tables', ['restaurant_id = {nobody}']).map(
    (update) => `${update} WHERE id = {empty}`,
  ),
}
