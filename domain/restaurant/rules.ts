type Values = Record<string, unknown>

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/**
 * Brings together what somebody typed and what another saved meanwhile, field by field. What only
 * one of the two changed is taken; where both did, what was typed stays and the other's value is
 * named in `conflicts`. Nothing typed is lost.
 */
export function mergeEdits<V extends Values>({
  base,
  mine,
  present,
}: {
  /** What the form showed at first. */
  base: V
  mine: V
  /** What is stored now. */
  present: V
}): { merged: V; conflicts: Partial<V>; taken: (keyof V & string)[] } {
  const merged = { ...mine }
  const conflicts: Partial<V> = {}
  const taken: (keyof V & string)[] = []
  const fields: (keyof V & string)[] = Object.keys(mine)
  for (const field of fields) {
    if (isSame(present[field], base[field]) || isSame(present[field], mine[field])) continue
    if (isSame(mine[field], base[field])) {
      merged[field] = present[field]
      taken.push(field)
    } else conflicts[field] = present[field]
  }
  return { merged, conflicts, taken }
}
