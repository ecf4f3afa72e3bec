import { DATE, insertReservation, reservationOf, setAll } from './constraint-scene'

const insertGuest = ({
  restaurant = '{restaurant}',
  phone = 'NULL',
  email = 'NULL',
  columns = '',
  values = '',
}) =>
  `INSERT INTO guests (restaurant_id, name, phone, email${columns})
   VALUES (${restaurant}, '김단골', ${phone}, ${email}${values})`

/** A reservation that staff book for a guest. */
export const bookGuest = ({
  guest = '{guest}',
  restaurant = '{restaurant}',
  date = DATE,
  columns = '',
  values = '',
}) =>
  insertReservation({
    restaurant,
    date,
    columns: `, guest_id, source${columns}`,
    values: `, ${guest}, 'PHONE'${values}`,
  })

/** What the constraints of guests and of their reservations refuse; part of the test of constraints. */
export const guestRefusals: Record<string, string[]> = {
  // Only a target for foreign keys: what violates it violates the primary key first.
  guests_id_restaurant_key: [],
  guests_pkey: [insertGuest({ columns: ', id', values: ', {guest}' })],
  guests_restaurant_fkey: [insertGuest({ restaurant: '{nobody}' })],
  guests_name_length: setAll('guests', [`name = ''`, `name = repeat('가', 51)`]),
  guests_phone_shape: setAll('guests', [`phone = '010-1234-5678'`, `phone = '+0101234567'`]),
  guests_email_lower_case: setAll('guests', [`email = 'Upper@bobjool.test'`]),
  guests_locale_known: setAll('guests', [`locale = 'fr'`]),
  guests_one_per_phone: [insertGuest({ phone: `'+821012345678'` })],
  guests_one_per_mailbox: [
    `WITH first AS (${insertGuest({ email: `'a@bobjool.test'` })})
     ${insertGuest({ email: `'a@bobjool.test'` })}`,
  ],
  reservations_guest_fkey: [bookGuest({ guest: '{nobody}' }), bookGuest({ restaurant: '{other}' })],
  reservations_one_person: [
    `UPDATE reservations SET source = 'PHONE', guest_id = {guest} WHERE id = {reservation}`,
  ],
  reservations_source_known: [reservationOf('CONFIRMED', ', source', `, 'FAX'`)],
  reservations_source_is_of_staff: [
    insertReservation({ diner: '{owner}', columns: ', source', values: `, 'PHONE'` }),
  ],
  reservations_guest_has_source: [reservationOf('CONFIRMED', ', guest_id', ', {guest}')],
  reservations_told_has_source: [reservationOf('CONFIRMED', ', tells_guest', ', true')],
  reservations_one_coming_per_guest: [`WITH first AS (${bookGuest({})}) ${bookGuest({})}`],
}
