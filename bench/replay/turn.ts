import { createHash } from 'node:crypto'
import { placeOf, readScore, toScoredBytes } from '@/domain/opening/draw.rules'
import type { Opening } from '@/domain/opening/schema'
import { findTurnMs } from '@/domain/opening/turn.rules'

export type Drawn = Pick<Opening, 'orderBy' | 'orderSeed' | 'drawnAt' | 'rates' | 'waiting'>
export type Place = { entryId: string; number: number | null }

/** How many turns come before this one, as anybody computes it (G14); null before the draw. */
export function findPlace({ drawn, place }: { drawn: Drawn; place: Place }): number | null {
  const { orderSeed, orderBy, waiting: entryCount } = drawn
  const { entryId, number } = place
  if (orderSeed === null) return null
  if (number !== null) return placeOf({ number, orderBy, entryCount })
  const digest = createHash('sha256').update(toScoredBytes({ orderSeed, entryId })).digest()
  return placeOf({ score: readScore(digest), entryCount })
}

/** When the turn comes, in milliseconds since 1970 by the database's clock; null before the draw. */
export function computeTurnMs({ drawn, place }: { drawn: Drawn; place: Place }): number | null {
  const stands = findPlace({ drawn, place })
  const { drawnAt, rates } = drawn
  return stands === null || drawnAt === null ? null : findTurnMs({ place: stands, rates, drawnAt })
}
