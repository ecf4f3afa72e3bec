import { placeOf } from './draw.rules'
import type { Opening, OpeningEntry } from './schema'
import { findTurnMs } from './turn.rules'

/** What an opening's snapshot says about the order. */
export type OrderFacts = Pick<
  Opening,
  'orderSeed' | 'drawnAt' | 'waiting' | 'orderBy' | 'rates' | 'late'
>
/** Which place in the order an entry has. */
export type EntryFacts = Pick<OpeningEntry, 'entryId' | 'number' | 'inLobby' | 'cohort'>

/**
 * What decides an entry's turn: `drawn`, by its score among so many; `numbered`; `come`, because every
 * drawn turn had come. Null: it is still to be drawn.
 */
export type Lot =
  | { kind: 'drawn'; orderSeed: string; entryCount: number; turnsFrom: string }
  | { kind: 'numbered'; place: number; turnsFrom: string }
  | { kind: 'come'; from: string }

/** The lot of an entry, by the public snapshot alone. */
export function findLot({
  opening,
  entry,
}: {
  opening: OrderFacts
  entry: EntryFacts
}): Lot | null {
  const { orderSeed, drawnAt, waiting: entryCount, orderBy, late } = opening
  const { number, inLobby, cohort } = entry
  if (orderSeed === null || drawnAt === null) return null
  if (number !== null)
    return { kind: 'numbered', place: placeOf({ number, orderBy, entryCount }), turnsFrom: drawnAt }
  if (inLobby) return { kind: 'drawn', orderSeed, entryCount, turnsFrom: drawnAt }
  const own = late?.cohorts.find((one) => one.cohort === cohort)
  if (own) return { kind: 'drawn', ...own }
  // A cohort whose turns have all come is no longer listed.
  if (cohort !== null && late !== null && cohort <= late.drawnCohort)
    return { kind: 'come', from: drawnAt }
  return late?.directFrom ? { kind: 'come', from: late.directFrom } : null
}

/** When the turn of a lot comes, in milliseconds since 1970 by the database's clock (G14). */
export function findLotMs({
  lot,
  rates,
  scoreOf,
}: {
  lot: Lot
  rates: Opening['rates']
  /** The entry's score under an order seed. */
  scoreOf: (orderSeed: string) => number
}): number {
  if (lot.kind === 'come') return Date.parse(lot.from)
  const place =
    lot.kind === 'numbered'
      ? lot.place
      : placeOf({ score: scoreOf(lot.orderSeed), entryCount: lot.entryCount })
  return findTurnMs({ place, rates, drawnAt: lot.turnsFrom })
}
