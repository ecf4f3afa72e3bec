import { readWall } from '@/domain/floor/off-plan.rules'
import { pool } from '@/lib/db/database'
import { createAccount, createReservation, createSlot } from '@/prisma/factories'
import { addParty, type OwnerScene } from './owner-scene'
import { TIME_ZONE } from './time-zone'

const DAY_MS = 86_400_000

/** Staff have noted that this account's person is a regular, who can't eat peanuts. */
export const noteRegular = (restaurantId: string, accountId: string) =>
  pool.query(
    `WITH tag AS (
       INSERT INTO guest_tags (restaurant_id, name, color) VALUES ($1, '단골', 'GREEN')
       ON CONFLICT (restaurant_id, name) DO UPDATE SET color = 'GREEN' RETURNING id),
     noted AS (
       INSERT INTO guests (restaurant_id, name, account_id)
       SELECT $1, name, id FROM accounts WHERE id = $2 RETURNING id),
     marked AS (
       INSERT INTO guest_tag_marks (guest_id, tag_id, restaurant_id) SELECT noted.id, tag.id, $1 FROM noted, tag)
     INSERT INTO guest_diets (guest_id, restaurant_id, allergies, consent_way, consented_at)
     SELECT id, $1, '땅콩', 'IN_PERSON', now() FROM noted`,
    [restaurantId, accountId],
  )

/** The diner and the table of a reservation. */
async function readParty(reservationId: string): Promise<{ dinerId: string; tableId: string }> {
  const { rows } = await pool.query<{ dinerId: string; tableId: string }>(
    `SELECT v.diner_id AS "dinerId", s.table_id AS "tableId" FROM reservations v
       JOIN reservation_slots c ON c.reservation_id = v.id JOIN slots s ON s.id = c.slot_id WHERE v.id = $1`,
    [reservationId],
  )
  const [found] = rows
  if (!found) throw new Error('no such party')
  return found
}

/** Due now a party whose diner wrote the allergy and one of whom staff noted it, and tomorrow another such. */
export async function addAllergic(scene: OwnerScene): Promise<void> {
  const { restaurantId, serviceDate } = scene
  const written = await addParty(scene, { slot: '2 running', name: '서하린' })
  await pool.query(`UPDATE reservations SET allergies = '땅콩' WHERE id = $1`, [written])
  const noted = await addParty(scene, { slot: '3 running', name: '남궁준' })
  const { dinerId: notedId, tableId } = await readParty(noted)
  const date = new Date(Date.parse(serviceDate) + DAY_MS).toISOString().slice(0, 10)
  const startsAt = new Date(Date.now() + DAY_MS)
  const { id: slotId } = await createSlot(pool, { tableId, startsAt, serviceDate: date })
  const { id: tomorrowId } = await createAccount(pool, { name: '황보내일' })
  await createReservation(pool, { slotId, dinerId: tomorrowId, partySize: 2 })
  for (const id of [notedId, tomorrowId]) await noteRegular(restaurantId, id)
}

const PAST = [
  ['2024-11-02', 'LEFT'],
  ['2024-12-24', 'LEFT'],
  ['2025-01-10', 'NO_SHOW'],
  ['2025-01-17', 'NO_SHOW'],
  ['2025-02-07', 'CANCELLED'],
  ['2025-03-14', 'LEFT'],
  ['2025-04-04', 'NO_SHOW'],
  ['2025-05-05', 'NO_SHOW'],
] as const

/** A regular of tonight's at table 3, who came there at seven, last on 14 March 2025, and often did not. */
export async function addRegularWithPast(scene: OwnerScene, name: string): Promise<void> {
  const { dinerId, tableId } = await readParty(await addParty(scene, { slot: '3 ahead', name }))
  await noteRegular(scene.restaurantId, dinerId)
  for (const [serviceDate, status] of PAST) {
    const day = { serviceDate, timeZone: TIME_ZONE, dayCutMinutes: 0 }
    const startsAt = new Date(readWall({ day, wall: '19:00' }) ?? '')
    const { id: slotId } = await createSlot(pool, { tableId, serviceDate, startsAt })
    await createReservation(pool, { slotId, dinerId, partySize: 2, status })
  }
}
