import { cache } from 'react'
import { z } from 'zod'
import { readOpening } from '@/domain/opening/queries'
import { findRestaurant } from '@/domain/restaurant/queries'
import { readProofSummary } from './queries'

/**
 * Everything the page of a proof shows, the same for every visitor; cached, so that the page and
 * its title share one read. `summary` null: there has been no draw. Null: there is no such opening.
 */
export const loadProof = cache(async (id: string) => {
  const asked = z.uuid().safeParse(id)
  const opening = asked.success ? (await readOpening(asked.data)).data : null
  if (!opening || (opening.state === 'CANCELLED' && opening.drawnAt === null)) return null
  const restaurant = await findRestaurant({ idOrSlug: opening.restaurantId })
  if (!restaurant) return null
  const summary = opening.drawnAt === null ? null : await readProofSummary(opening.id)
  return { opening, restaurant, summary }
})
