import type { LineSnapshot, TicketView } from './schema'
import type { Quote } from './types'

/** The wait of a party of this size that joins now. Null: there is not enough history. */
export function pickQuote({
  quotes,
  partySize,
}: {
  quotes: LineSnapshot['quotes']
  partySize: number
}): Quote | null {
  const fitting = quotes.find(({ maxParty }) => maxParty === null || partySize <= maxParty)
  return fitting?.quote ?? null
}

/**
 * The predicted range of instants for the first call. Null: none was quoted, or the party let
 * others pass.
 */
export function foreseeCall({
  quote,
  takenAt,
  postponements,
}: Pick<TicketView, 'quote' | 'takenAt' | 'postponements'>): {
  fromMs: number
  toMs: number
} | null {
  if (!quote || postponements > 0) return null
  const takenMs = Date.parse(takenAt)
  return { fromMs: takenMs + quote.fromMinutes * 60_000, toMs: takenMs + quote.toMinutes * 60_000 }
}
