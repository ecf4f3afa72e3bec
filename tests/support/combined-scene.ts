import { saveCombinations } from '@/domain/restaurant/table-group.commands'
import type { Combination } from '@/domain/restaurant/table-group.schema'
import { pool } from '@/lib/db/database'
import { actorOf } from './booking-restaurant'
import { setUpPhone } from './guest-scene'

/** The owner says which tables can be pushed together. */
export async function combineTables({
  restaurantId,
  ownerId,
  combinations,
}: {
  restaurantId: string
  ownerId: string
  combinations: Combination[]
}): Promise<void> {
  const actor = actorOf(ownerId)
  const saved = await saveCombinations({ restaurantId, version: null, actor, combinations })
  if (!saved.ok) throw new Error(saved.reason)
}

/** Parties whose tables seat fewer than they are: they have a part of their combination. */
export async function listHalfCombined(): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT v.id::text AS id FROM reservations v
      WHERE v.status IN ('HELD', 'CONFIRMED', 'SEATED')
        AND v.party_size > (SELECT coalesce(sum(s.max_party), 0)
                              FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
                             WHERE c.reservation_id = v.id AND c.released_at IS NULL)`,
  )
  return rows.map(({ id }) => id)
}

/** A table for two and four for four, of which some can be pushed together. */
export async function setUpCombined() {
  const four = { maxParty: 4 }
  const phone = await setUpPhone([{ maxParty: 2 }, four, four, four, four])
  await combineTables({
    ...phone,
    combinations: [
      { tableNumbers: [2, 3], minParty: 7, maxParty: 8 },
      { tableNumbers: [4, 5], minParty: 7, maxParty: 8 },
      { tableNumbers: [2, 3, 4], minParty: 9, maxParty: 12 },
      { tableNumbers: [3, 4, 5], minParty: 9, maxParty: 12 },
    ],
  })
  return phone
}
