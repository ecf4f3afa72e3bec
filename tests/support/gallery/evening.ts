import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import type { Person } from '../http-scene'
import { addParty, setUpEvening } from '../owner-scene'

export interface EveningScene {
  host: Person
  slug: string
  /** The party with allergies, a wish and a staff note. */
  partyId: string
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
  await addParty(scene, { slot: '1 running', name: '최이안' })
  await addParty(scene, { slot: '3 ahead', name: '강도현', partySize: 6 })
  await createReservation(pool, {
    slotId: scene.slotIds['2 running'] ?? '',
    partySize: 3,
    walkIn: true,
    status: 'SEATED',
  })
  await pool.query('UPDATE slots SET blocked = true WHERE id = $1', [scene.slotIds['1 ahead']])
  return { host: scene.owner, slug: 'evening', partyId }
}
