import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createRestaurant, createTable } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { withoutCombinationGuards } from '../support/unprotected-combinations'

const database = useDatabase()
let restaurantId: string
let tableIds: string[]
beforeEach(async () => {
  await database.truncateAll()
  restaurantId = (await createRestaurant(database.pool)).id
  tableIds = []
  for (const maxParty of [4, 4])
    tableIds.push((await createTable(database.pool, { restaurantId, maxParty })).id)
})

const combine = () =>
  `INSERT INTO restaurant_combinations (restaurant_id, table_ids, min_party, max_party)
   SELECT '${restaurantId}', array_agg(id ORDER BY id), 5, 8 FROM restaurant_tables
    WHERE restaurant_id = '${restaurantId}'`
const retire = () => `UPDATE restaurant_tables SET deleted_at = now() WHERE id = '${tableIds[0]}'`
const shrink = () => `UPDATE restaurant_tables SET max_party = 2 WHERE id = '${tableIds[0]}'`

/**
 * The second statement is sent before the first one's transaction commits. Answers the constraint that
 * refused the second, or null.
 */
async function overlap(
  first: string,
  second: string,
  { waits = true } = {},
): Promise<string | null> {
  const one = await database.pool.connect()
  try {
    await one.query('BEGIN')
    await one.query(first)
    const asked = database.query(second).then(
      () => null,
      (error: { constraint: string }) => error.constraint,
    )
    if (waits)
      await vi.waitFor(async () =>
        expect(await database.query('SELECT FROM pg_locks WHERE NOT granted')).not.toEqual([]),
      )
    else await asked
    await one.query('COMMIT')
    return await asked
  } finally {
    one.release()
  }
}

/** Combinations of a table that is out of use, or too small for them. */
const listBroken = () =>
  database.query(
    `SELECT c.id FROM restaurant_combinations c
      WHERE c.max_party > (SELECT coalesce(sum(t.max_party), 0) FROM restaurant_tables t
                            WHERE t.id = ANY (c.table_ids) AND t.deleted_at IS NULL)`,
  )
const count = async () => (await database.query('SELECT FROM restaurant_combinations')).length

describe('a combination made while one of its tables changes', () => {
  test.each([
    ['retired', retire],
    ['made smaller', shrink],
  ])('control: without guards a table is %s under it', async (_, change) => {
    await withoutCombinationGuards(database, () => overlap(combine(), change(), { waits: false }))
    expect(await listBroken()).toHaveLength(1)
  })

  test('ends with a table that is retired meanwhile', async () => {
    expect(await overlap(combine(), retire())).toBeNull()
    expect(await count()).toBe(0)
  })

  test('is refused for a table that was retired first', async () => {
    expect(await overlap(retire(), combine())).toBe('restaurant_combinations_in_use')
    expect(await count()).toBe(0)
  })

  test('keeps its table from being made smaller meanwhile', async () => {
    expect(await overlap(combine(), shrink())).toBe('restaurant_tables_combined_seats')
    expect([await count(), await listBroken()]).toEqual([1, []])
  })

  test('is refused for a table that was made smaller first', async () => {
    expect(await overlap(shrink(), combine())).toBe('restaurant_combinations_seats')
    expect(await count()).toBe(0)
  })
})
