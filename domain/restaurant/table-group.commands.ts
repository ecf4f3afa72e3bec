import { randomUUID } from 'node:crypto'
import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { type EditRefusal, editVersion } from './commands'
import { listTablesIn } from './setup.queries'
import type { Table } from './setup.schema'
import { listAreasIn, listCombinationsIn } from './table-group.queries'
import { findAreaFault, findCombinationFault, matchAreas } from './table-group.rules'
import type { Area, AreaDraft, Combination } from './table-group.schema'
import type { StaffActor } from './types'

type Saving = {
  restaurantId: string
  actor: StaffActor
  /** The version that the form showed. Null: whichever it is. */
  version: number | null
}

type CombinationRefusal = EditRefusal | 'no-such-table' | 'same-combination' | 'over-seats'
type AreaRefusal = EditRefusal | 'same-area' | 'no-such-table' | 'table-in-two-areas'

/** By number; the rules have found that each number has a table. */
function readIds(tables: readonly Table[], tableNumbers: readonly number[]): string[] {
  return tables.filter(({ number }) => tableNumbers.includes(number)).map(({ id }) => id)
}

/**
 * Replaces all combinations of a restaurant. Locks the restaurant's row, then the tables' in id order.
 * Refuses `not-found`, `changed-meanwhile` (with the present ones), and, naming the tables:
 * `no-such-table`, `same-combination`, `over-seats`.
 */
export async function saveCombinations({
  combinations,
  ...saving
}: Saving & { combinations: Combination[] }): Promise<
  Result<{ version: number }, CombinationRefusal>
> {
  const { restaurantId } = saving
  return editVersion<CombinationRefusal>({
    ...saving,
    constraints: {
      restaurant_combinations_in_use: 'no-such-table',
      restaurant_combinations_same_set: 'same-combination',
      restaurant_combinations_seats: 'over-seats',
    },
    readPresent: ({ tx }) => listCombinationsIn(tx, restaurantId),
    work: async ({ tx, stop, record }) => {
      const tables = await listTablesIn(tx, restaurantId)
      const fault = findCombinationFault({ combinations, tables })
      if (fault) stop(refuse(fault.reason, fault.details))
      const before = await listCombinationsIn(tx, restaurantId)
      await tx.restaurantCombination.deleteMany({ where: { restaurantId } })
      await tx.restaurantCombination.createMany({
        data: combinations.map(({ tableNumbers, ...party }) => {
          const tableIds = readIds(tables, tableNumbers).toSorted()
          return { restaurantId, tableIds, ...party }
        }),
      })
      await record({ act: 'CHANGE_COMBINATIONS', to: 'SAVED', details: { before } })
    },
  })
}

/**
 * Replaces all areas of a restaurant, in this order; one that stays keeps its id, and a table that is
 * named in none is in none. Locks the restaurant's row. Refuses `not-found` (also for an area of
 * another restaurant), `changed-meanwhile` (with the present ones), `same-area`, `no-such-table`,
 * `table-in-two-areas`.
 */
export async function saveAreas({
  areas,
  ...saving
}: Saving & { areas: AreaDraft[] }): Promise<Result<{ version: number }, AreaRefusal>> {
  const { restaurantId } = saving
  return editVersion<AreaRefusal>({
    ...saving,
    readPresent: ({ tx }) => listAreasIn(tx, restaurantId),
    work: async ({ tx, stop, record }) => {
      const tables = await listTablesIn(tx, restaurantId)
      const before = await listAreasIn(tx, restaurantId)
      const fault = findAreaFault({ areas, tables, known: before })
      if (fault) stop(refuse(fault.reason, fault.details))
      const kept = matchAreas({ areas, known: before })
      const next = kept.map(({ id, ...area }) => ({ ...area, id: id ?? randomUUID() }))
      await writeAreas(tx, { restaurantId, areas: next, tables })
      await record({ act: 'CHANGE_AREAS', to: 'SAVED', details: { before } })
    },
  })
}

async function writeAreas(
  tx: Transaction,
  { restaurantId, areas, tables }: { restaurantId: string; areas: Area[]; tables: Table[] },
): Promise<void> {
  const ids = areas.map(({ id }) => id)
  const names = areas.map(({ name }) => name)
  await tx.$executeRaw`
    UPDATE restaurant_tables SET area_id = NULL
     WHERE restaurant_id = ${restaurantId}::uuid AND area_id <> ALL (${ids}::uuid[])`
  await tx.restaurantArea.deleteMany({ where: { restaurantId, id: { notIn: ids } } })
  await tx.$executeRaw`
    INSERT INTO restaurant_areas (id, restaurant_id, name, position)
    SELECT n.id, ${restaurantId}::uuid, n.name, n.place - 1
      FROM unnest(${ids}::uuid[], ${names}::text[]) WITH ORDINALITY AS n(id, name, place)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, position = excluded.position`
  const placed = areas.flatMap(({ id, tableNumbers }) =>
    readIds(tables, tableNumbers).map((tableId) => ({ tableId, id })),
  )
  await tx.$executeRaw`
    UPDATE restaurant_tables t SET area_id = p.area_id
      FROM (SELECT u.id, n.area_id
              FROM restaurant_tables u
              LEFT JOIN unnest(${placed.map(({ tableId }) => tableId)}::uuid[], ${placed.map(({ id }) => id)}::uuid[])
                     AS n(table_id, area_id) ON n.table_id = u.id
             WHERE u.restaurant_id = ${restaurantId}::uuid AND u.deleted_at IS NULL) AS p
     WHERE t.id = p.id AND t.area_id IS DISTINCT FROM p.area_id`
}
