import { saveCombinations } from '@/domain/restaurant/table-group.commands'
import type { Combination } from '@/domain/restaurant/table-group.schema'
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
