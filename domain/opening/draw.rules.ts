/** Scores are whole numbers below 2^52, so that every language reads and divides them exactly. */
export const SCORE_RANGE = 2 ** 52

/**
 * The first 52 bits of a sha256, as a number. What a score is the hash of, stands in
 * docs/decisions/0012-the-order-of-an-opening.md: the order seed and the entry's id, each as the bytes its hex stands for.
 */
export function readScore(digest: Uint8Array): number {
  const high = digest.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0)
  return high * 16 + ((digest[6] ?? 0) >> 4)
}

/** The bytes whose sha256 gives an entry's score. Both are hex. */
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
 * How many turns have to come before somebody's own. For a drawn entry a real number between 0 and
 * the number of entries, so that no ranks are needed: the formula of G14. For a numbered one, whoever
 * came late or where the order is that of arrival: what stands before it, all of the lobby first.
 */
export function placeOf(
  given:
    | { score: number; entryCount: number }
    | { number: number; orderBy: 'DRAW' | 'ARRIVAL'; entryCount: number },
): number {
  if ('score' in given) return (given.score / SCORE_RANGE) * given.entryCount
  return given.orderBy === 'DRAW' ? given.entryCount + given.number : given.number
}
