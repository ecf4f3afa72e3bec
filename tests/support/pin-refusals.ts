import { setAll } from './constraint-scene'

const member = '{restaurant}, {owner}'

/** What the tables of PINs and shared tablets refuse; each statement violates only that one. */
export const pinRefusals: Record<string, string[]> = {
  restaurants_author_minutes_range: setAll('restaurants', [
    'author_minutes = 0',
    'author_minutes = 121',
  ]),
  staff_pins_member_fkey: [
    `INSERT INTO staff_pins (restaurant_id, account_id, pin_hash) VALUES ({restaurant}, {diner}, 'x')`,
  ],
  staff_pins_one_each: [
    `INSERT INTO staff_pins (restaurant_id, account_id, pin_hash) VALUES (${member}, 'x')`,
  ],
  staff_pins_pkey: [
    `INSERT INTO staff_pins (id, restaurant_id, account_id, pin_hash) SELECT id, restaurant_id, account_id, 'x' FROM staff_pins`,
  ],
  pin_tries_member_fkey: [
    'INSERT INTO pin_tries (restaurant_id, account_id) VALUES ({restaurant}, {diner})',
  ],
  pin_tries_pkey: [`INSERT INTO pin_tries (restaurant_id, account_id) VALUES (${member})`],
  tablet_authors_member_fkey: [
    `INSERT INTO tablet_authors (session_id, restaurant_id, account_id)
     SELECT id, {restaurant}, {diner} FROM sessions`,
  ],
  tablet_authors_pkey: [
    `INSERT INTO tablet_authors (id, session_id, restaurant_id, account_id)
     SELECT id, session_id, restaurant_id, account_id FROM tablet_authors`,
  ],
  tablet_authors_session_fkey: [
    `INSERT INTO tablet_authors (session_id, restaurant_id, account_id) VALUES ({nobody}, ${member})`,
  ],
}
