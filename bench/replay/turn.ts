import { createHash } from 'node:crypto'
import { type Cohort, layCohorts, listDrawn } from '@/domain/opening/cohort.rules'
import { readScore, toScoredBytes } from '@/domain/opening/draw.rules'
import { type EntryFacts, findLot, findLotMs, type OrderFacts } from '@/domain/opening/lot.rules'

/** When the turn comes, in milliseconds since 1970 by the database's clock; null before the draw. */
export function computeTurnMs({
  drawn,
  place,
}: {
  drawn: OrderFacts
  place: EntryFacts
}): number | null {
  const lot = findLot({ opening: drawn, entry: place })
  const scoreOf = (orderSeed: string) =>
    readScore(
      createHash('sha256')
        .update(toScoredBytes({ ...place, orderSeed }))
        .digest(),
    )
  return lot && findLotMs({ lot, rates: drawn.rates, scoreOf })
}

/** The order with every cohort: a snapshot leaves out those whose turns have all come. */
export function completeOrder({
  opening,
  cohorts,
}: {
  opening: OrderFacts
  cohorts: Cohort[]
}): OrderFacts {
  const { late, drawnAt, waiting, rates } = opening
  if (late === null || drawnAt === null) return opening
  const drawn = listDrawn(cohorts)
  const { laid } = layCohorts({ lobby: { drawnAt, entryCount: waiting }, cohorts: drawn, rates })
  const all = laid.map(({ turnsFromMs, ...cohort }) => {
    return { ...cohort, turnsFrom: new Date(turnsFromMs).toISOString() }
  })
  return { ...opening, late: { ...late, cohorts: all } }
}
