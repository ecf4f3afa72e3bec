/** Scores are whole numbers below 2^52, which every language reads and divides exactly. */
export const SCORE_RANGE = 2 ** 52

/**
 * The first 52 bits of a sha256, as a number. docs/decisions/0012-the-order-of-an-opening.md says
 * what is hashed: the order seed and the entry's id, each as the bytes its hex encodes.
 */
export function readScore(digest: Uint8Array): number {
  const high = digest.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0)
  return high * 16 + ((digest[6] ?? 0) >> 4)
}

/** The bytes whose sha256 is an entry's score. Both arguments are hex. */
export function toScoredBytes({
  orderSeed,
  entryId,
}: {
  orderSeed: string
  entryId: string
}): Uint8Array<ArrayBuffer> {
  const hex = orderSeed + entryId
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  )
}

/**
 * How many turns come before an entry's own. For a drawn entry, by the formula of G14, a real
 * number between 0 and the number of entries, so that no ranks are needed. For a numbered entry,
 * which came late or is ordered by arrival: its place behind the earlier ones, with the whole lobby
 * first.
 */
export function placeOf(
  given:
    | { score: number; entryCount: number }
    | { number: number; orderBy: 'DRAW' | 'ARRIVAL'; entryCount: number },
): number {
  if ('score' in given) return (given.score / SCORE_RANGE) * given.entryCount
  return given.orderBy === 'DRAW' ? given.entryCount + given.number : given.number
}
