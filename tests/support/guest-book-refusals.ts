import { setAll } from './constraint-scene'

const anotherGuest = ({
  restaurant = '{restaurant}',
  columns = '',
  values = '',
}: Partial<Record<'restaurant' | 'columns' | 'values', string>>) =>
  `INSERT INTO guests (restaurant_id, name${columns}) VALUES (${restaurant}, '박단골'${values})`
/** A guest that is merged at once. */
const merged = (into: string, restaurant?: string) =>
  anotherGuest({
    columns: ', merged_into',
    values: `, ${into}`,
    ...(restaurant !== undefined && { restaurant }),
  })

const insertTag = ({
  id = 'gen_random_uuid()',
  restaurant = '{restaurant}',
  name = '단골',
}: Partial<Record<'id' | 'restaurant' | 'name', string>>) =>
  `INSERT INTO guest_tags (id, restaurant_id, name, color) VALUES (${id}, ${restaurant}, '${name}', 'GREEN')`
const insertMark = ({ guest = '{guest}', tag = '{tag}', restaurant = '{restaurant}' }) =>
  `INSERT INTO guest_tag_marks (guest_id, tag_id, restaurant_id) VALUES (${guest}, ${tag}, ${restaurant})`
const insertDiet = ({ guest = '{guest}', restaurant = '{restaurant}' }) =>
  `INSERT INTO guest_diets (guest_id, restaurant_id, allergies, consent_way, consented_at)
   VALUES (${guest}, ${restaurant}, '땅콩', 'PHONE', now())`

/** What the constraints of the guest book refuse; each statement violates only that one. */
export const guestBookRefusals: Record<string, string[]> = {
  // Only a target for a foreign key: what violates it violates the primary key first.
  guests_entry_key: [],
  guests_account_fkey: [anotherGuest({ columns: ', account_id', values: ', {nobody}' })],
  guests_consent_is_whole: setAll('guests', [`consent_way = 'KIOSK'`, 'consented_at = now()']),
  guests_consent_way_known: setAll('guests', [`consent_way = 'LINK', consented_at = now()`]),
  guests_note_length: setAll('guests', [`note = ''`, `note = repeat('밥', 501)`]),
  guests_one_per_account: [
    `WITH first AS (${anotherGuest({ columns: ', account_id', values: ', {diner}' })})
     ${anotherGuest({ columns: ', account_id', values: ', {diner}' })}`,
  ],
  guests_merged_fkey: [
    merged('{nobody}'),
    // Into itself: then it is no entry any more.
    'UPDATE guests SET merged_into = id WHERE id = {guest}',
    // Across restaurants.
    merged('{guest}', '{other}'),
    // A chain: into one that is merged by the same statement.
    `WITH entry AS (${anotherGuest({})} RETURNING id),
          first AS (UPDATE guests SET merged_into = (SELECT id FROM entry) WHERE id = {guest})
     ${merged('{guest}')}`,
  ],
  guest_tags_id_restaurant_key: [],
  guest_tags_pkey: [insertTag({ id: '{tag}' })],
  guest_tags_restaurant_fkey: [insertTag({ restaurant: '{nobody}' })],
  guest_tags_name_length: setAll('guest_tags', [`name = ''`, `name = repeat('밥', 21)`]),
  guest_tags_name_once: [insertTag({ name: 'VIP' })],
  guest_tags_color_known: setAll('guest_tags', [`color = 'RED'`]),
  guest_tag_marks_pkey: [insertMark({})],
  guest_tag_marks_guest_fkey: [insertMark({ guest: '{nobody}' })],
  guest_tag_marks_tag_fkey: [insertMark({ tag: '{nobody}' })],
  guest_diets_pkey: [insertDiet({})],
  guest_diets_guest_fkey: [insertDiet({ guest: '{nobody}' })],
  guest_diets_says_something: setAll('guest_diets', ['allergies = NULL']),
  guest_diets_allergies_length: setAll('guest_diets', [
    `allergies = ''`,
    `allergies = repeat('밥', 201)`,
  ]),
  guest_diets_dislikes_length: setAll('guest_diets', [
    `dislikes = ''`,
    `dislikes = repeat('밥', 201)`,
  ]),
  guest_diets_consent_way_known: setAll('guest_diets', [`consent_way = 'ASSUMED'`]),
  guest_diets_consented_before_noted: setAll('guest_diets', [
    `consented_at = now() + interval '1 hour'`,
  ]),
  guest_imports_pkey: [
    `INSERT INTO guest_imports (id, restaurant_id, dry_run, state, lines, counts, ignored_columns)
     VALUES ({import}, {restaurant}, false, 'DONE', 1, '{}', '{}')`,
  ],
  guest_imports_restaurant_fkey: setAll('guest_imports', ['restaurant_id = {nobody}']),
  guest_imports_account_fkey: setAll('guest_imports', ['account_id = {nobody}']),
  guest_imports_state_known: setAll('guest_imports', [`state = 'PAUSED'`]),
  guest_imports_lines_done_within: setAll('guest_imports', ['lines_done = -1', 'lines_done = 2']),
  guest_imports_one_running: [
    `INSERT INTO guest_imports (restaurant_id, dry_run, lines, counts, ignored_columns)
     VALUES ({restaurant}, true, 1, '{}', '{}')`,
  ],
  guest_import_parts_pkey: [
    `INSERT INTO guest_import_parts (import_id, part) VALUES ({import}, 1)`,
  ],
  guest_import_parts_import_fkey: [
    `INSERT INTO guest_import_parts (import_id, part) VALUES ({nobody}, 1)`,
  ],
  guest_import_parts_lines_until_verdicts: setAll('guest_import_parts', [`verdicts = '[]'`]),
}
