import type { ImportCounts, LineVerdict } from './import.schema'

export const NO_COUNTS: ImportCounts = {
  ...{ added: 0, changed: 0, unchanged: 0 },
  ...{ same: 0, refused: 0, warned: 0 },
}

const COUNTED = {
  NEW: 'added',
  CHANGED: 'changed',
  UNCHANGED: 'unchanged',
  SAME: 'same',
  REFUSED: 'refused',
} as const

/** Adds lines to what was counted before them. */
export function countVerdicts(
  verdicts: readonly LineVerdict[],
  before: ImportCounts = NO_COUNTS,
): ImportCounts {
  const counts = { ...before }
  for (const { verdict, warnings } of verdicts) {
    counts[COUNTED[verdict]] += 1
    if (warnings.length > 0) counts.warned += 1
  }
  return counts
}

/** A list in parts of at most so many items. */
export function cutBatches<Item>(items: readonly Item[], most: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, index) =>
    items.slice(index * most, (index + 1) * most),
  )
}
