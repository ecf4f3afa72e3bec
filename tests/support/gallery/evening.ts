import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import type { Person } from '../http-scene'
import { addParty, setUpEvening } from '../owner-scene'

export interface EveningScene {
  host: Person
  slug: string
  /** The party with allergies, a wish and a staff note. */
  partyId: string
  /** The address of that party's diner. */
  mailbox: string
}

/** An evening under way: parties seated, late and to come, and a blocked table. */
export async function fillEvening(): Promise<EveningScene> {
  const scene = await setUpEvening()
  await pool.query(
    `UPDATE restaurants SET slug = 'evening', name = '저녁 한 상', name_en = 'Evening Table',
            published = false WHERE id = $1`,
    [scene.restaurantId],
  )
  const partyId = await addParty(scene, { slot: '2 ahead', name: '서하린', partySize: 4 })
  await pool.query(
    `UPDATE reservations SET allergies = '땅콩, 갑각류', note = '유아 의자를 부탁드려요.',
            staff_note = '창가 쪽을 좋아하세요.' WHERE id = $1`,
    [partyId],
  )
  await writeDown(scene.restaurantId, partyId)
  await addParty(scene, { slot: '1 running', name: '최이안' })
  await addParty(scene, { slot: '3 ahead', name: '강도현', partySize: 6 })
  await createReservation(pool, {
    slotId: scene.slotIds['2 running'] ?? '',
    partySize: 3,
    walkIn: true,
    status: 'SEATED',
  })
  await pool.query('UPDATE slots SET blocked = true WHERE id = $1', [scene.slotIds['1 ahead']])
  const { rows } = await pool.query<{ email: string }>(
    'SELECT a.email FROM reservations v JOIN accounts a ON a.id = v.diner_id WHERE v.id = $1',
    [partyId],
  )
  return { host: scene.owner, slug: 'evening', partyId, mailbox: rows[0]?.email ?? '' }
}

/** The party's diner is a regular with two tags, a note and lasting dislikes, and another entry merged. */
async function writeDown(restaurantId: string, reservationId: string): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO guests (restaurant_id, name, account_id, note)
     SELECT $1, '서하린', diner_id, '기념일마다 오세요. 11월 30일이 결혼기념일.' FROM reservations WHERE id = $2
     RETURNING id`,
    [restaurantId, reservationId],
  )
  const guestId = rows[0]?.id
  await pool.query(
    `WITH tags AS (
       INSERT INTO guest_tags (restaurant_id, name, color)
       VALUES ($1, 'VIP', 'ACCENT'), ($1, '단골', 'GREEN'), ($1, '기자', 'AMBER') RETURNING id, name)
     INSERT INTO guest_tag_marks (guest_id, tag_id, restaurant_id)
     SELECT $2, id, $1 FROM tags WHERE name <> '기자'`,
    [restaurantId, guestId],
  )
  await pool.query(
    `INSERT INTO guest_diets (guest_id, restaurant_id, allergies, dislikes, consent_way, consented_at)
     VALUES ($2, $1, '땅콩, 갑각류', '고수', 'PHONE', now())`,
    [restaurantId, guestId],
  )
  await pool.query(
    `INSERT INTO guests (restaurant_id, name, phone, merged_into) VALUES ($1, '서 팀장', '+8223456780', $2)`,
    [restaurantId, guestId],
  )
}
