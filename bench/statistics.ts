/** The percentile of ascending numbers at this share (nearest rank); 0 of none. */
export function percentile({ sorted, share }: { sorted: number[]; share: number }): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

export interface Spread {
  median: number
  least: number
  most: number
}

export function describeSpread(values: number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  const lower = sorted.length % 2 === 0 ? (sorted[middle - 1] ?? upper) : upper
  return { median: (lower + upper) / 2, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 }
}

/** Three digits that mean something. */
export function show(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)))
}
