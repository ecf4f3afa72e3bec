import { cache } from 'react'
import { z } from 'zod'
import { readOpening } from '@/domain/opening/queries'
import { findRestaurant } from '@/domain/restaurant/queries'
import { readProofSummary } from './queries'

/**
 * All that the page of a proof says, the same for everybody; asked once for a page and its title.
 * `summary` null: there has been no draw. Null: there is no such opening.
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
