import { createHash } from 'node:crypto'

/** A number from 0 to 1 that looks random and is the same each time for the same key. */
export function drawChance(...parts: (string | number)[]): number {
  const digest = createHash('sha256').update(parts.join('|')).digest()
  return digest.readUInt32BE(0) / 2 ** 32
}

/** The items in an order that looks random and is the same each time. */
export function shuffle<Item>(items: readonly Item[], ...parts: (string | number)[]): Item[] {
  return items
    .map((item, index) => ({ item, chance: drawChance(...parts, index) }))
    .toSorted((a, b) => a.chance - b.chance)
    .map(({ item }) => item)
}
