import type { Area, AreaDraft, Combination } from '@/domain/restaurant/table-group.schema'

/**
 * The list with this area in the place of the one it was, or at the end; its tables leave the others.
 * One that somebody has deleted meanwhile is made again.
 */
export function putArea({ areas, area }: { areas: readonly Area[]; area: AreaDraft }): AreaDraft[] {
  const { name, tableNumbers } = area
  const isKnown = areas.some(({ id }) => id === area.id)
  const list = areas.map((one) =>
    one.id === area.id
      ? area
      : { ...one, tableNumbers: one.tableNumbers.filter((it) => !tableNumbers.includes(it)) },
  )
  return isKnown ? list : [...list, { name, tableNumbers }]
}

/** The list with this area one place further up. */
export function raiseArea({ areas, id }: { areas: readonly Area[]; id: string }): Area[] {
  const at = areas.findIndex((one) => one.id === id)
  const [area, above] = [areas[at], areas[at - 1]]
  if (!area || !above) return [...areas]
  return areas.toSpliced(at - 1, 2, area, above)
}

/** Names a combination by its tables, in whichever order. */
export function keyOf({ tableNumbers }: Pick<Combination, 'tableNumbers'>): string {
  return tableNumbers.toSorted((a, b) => a - b).join('+')
}

/** The list with a combination in the place of the one it was, or at the end. */
export function putCombination({
  combinations,
  before,
  after,
}: {
  combinations: readonly Combination[]
  /** Null: a new one. */
  before: Combination | null
  /** Null: it is taken out. */
  after: Combination | null
}): Combination[] {
  const rest = combinations.filter((one) => !before || keyOf(one) !== keyOf(before))
  return after ? [...rest, after] : rest
}
