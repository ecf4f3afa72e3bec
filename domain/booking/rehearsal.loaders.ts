import { z } from 'zod'
import { readOwnOpening } from '@/domain/opening/queries'
import { findRehearsal, readOpeningCurves } from './rehearsal.queries'

/**
 * Everything the page of one opening's rehearsal shows; the page has checked the visitor's rights
 * at the restaurant. Null: the restaurant has no such opening.
 */
export async function loadRehearsal({
  openingId,
  restaurantId,
}: {
  openingId: string
  restaurantId: string
}) {
  const asked = z.uuid().safeParse(openingId)
  const opening = asked.success ? await readOwnOpening(asked.data) : null
  if (opening?.restaurantId !== restaurantId) return null
  const [rehearsal, curves] = await Promise.all([
    findRehearsal(opening.id),
    readOpeningCurves(opening.id),
  ])
  return { opening, rehearsal, curves }
}
