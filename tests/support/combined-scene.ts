import { saveCombinations } from '@/domain/restaurant/table-group.commands'
import { actorOf } from './booking-restaurant'
import { setUpPhone } from './guest-scene'

/** A table for two and four for four, of which some can be pushed together. */
export async function setUpCombined() {
  const four = { maxParty: 4 }
  const phone = await setUpPhone([{ maxParty: 2 }, four, four, four, four])
  const saved = await saveCombinations({
    restaurantId: phone.restaurantId,
    version: null,
    actor: actorOf(phone.ownerId),
    combinations: [
      { tableNumbers: [2, 3], minParty: 7, maxParty: 8 },
      { tableNumbers: [4, 5], minParty: 7, maxParty: 8 },
      { tableNumbers: [2, 3, 4], minParty: 9, maxParty: 12 },
      { tableNumbers: [3, 4, 5], minParty: 9, maxParty: 12 },
    ],
  })
  if (!saved.ok) throw new Error(saved.reason)
  return phone
}
