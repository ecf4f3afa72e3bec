import { vi } from 'vitest'
import { watchDay } from '@/domain/floor/queries'
import { watchWaiting } from '@/domain/line/waiting.queries'
import { pool } from '@/lib/db/database'
import type { TestDatabase } from './database'
import { holdSession } from './session-scene'

/** What the guest book consists of. */
const BOOK = ['guests', 'guest_tags', 'guest_tag_marks', 'guest_diets'] as const
type BookReads = Record<(typeof BOOK)[number], number>

/** So many guests of that surname, each with a tag of their own and a diet. */
export async function addMarkedGuests(
  database: TestDatabase,
  { restaurantId, surname, count }: { restaurantId: string; surname: string; count: number },
): Promise<void> {
  await database.query(
    `WITH added AS (
       INSERT INTO guests (restaurant_id, name)
       SELECT $1, $2 || n FROM generate_series(1, $3::int) AS n RETURNING id, name),
     tags AS (
       INSERT INTO guest_tags (restaurant_id, name, color) SELECT $1, name, 'GREY' FROM added RETURNING id, name),
     marks AS (
       INSERT INTO guest_tag_marks (guest_id, tag_id, restaurant_id)
       SELECT a.id, t.id, $1 FROM added a JOIN tags t ON t.name = a.name)
     INSERT INTO guest_diets (guest_id, restaurant_id, allergies, consent_way, consented_at)
     SELECT id, $1, '새우', 'PHONE', now() FROM added`,
    [restaurantId, surname, count],
  )
}

/** The planner chooses its ways by the statistics, and no scan meets rows that are over. */
export async function tidyBook(database: TestDatabase): Promise<void> {
  for (const table of BOOK) await database.query(`VACUUM (ANALYZE) ${table}`)
}

/** Rows by whole scans and entries of indexes, which unlike rows do not depend on what was vacuumed. */
const COUNT = `
  SELECT jsonb_object_agg(t.relname, pg_stat_get_xact_tuples_returned(t.oid) + i.entries) AS reads
    FROM pg_class t CROSS JOIN LATERAL (
      SELECT sum(pg_stat_get_xact_tuples_returned(x.indexrelid)) AS entries FROM pg_index x WHERE x.indrelid = t.oid) i
   WHERE t.oid = ANY ($1::regclass[])`

/**
 * What a statement reads of the guest book, whatever the way. Counted from before it on, because the counters
 * still hold what earlier transactions of the connection read.
 */
export async function countBookReads(statement: {
  text: string
  values: unknown[]
}): Promise<BookReads> {
  const client = await pool.connect()
  const count = async () => {
    const { rows } = await client.query<{ reads: BookReads }>(COUNT, [BOOK])
    const [read] = rows
    if (!read) throw new Error('the reads were not counted')
    return read.reads
  }
  try {
    await client.query('BEGIN')
    const before = await count()
    await client.query(statement.text, statement.values)
    const after = await count()
    const readOf = (table: keyof BookReads) => after[table] - before[table]
    return {
      guests: readOf('guests'),
      guest_tags: readOf('guest_tags'),
      guest_tag_marks: readOf('guest_tag_marks'),
      guest_diets: readOf('guest_diets'),
    }
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

/** The statements that a function sends by the pool, in their order. */
async function catchStatements(work: () => Promise<unknown>) {
  const query = vi.spyOn(pool, 'query')
  try {
    await work()
    return query.mock.calls.map(([text, values]: unknown[]) => {
      if (typeof text !== 'string' || !Array.isArray(values))
        throw new Error('a statement without its values')
      return { text, values }
    })
  } finally {
    query.mockRestore()
  }
}

/** What a tablet at the board reads of the guest book each second, for the parties of day and line. */
export async function countPolls({
  restaurantId,
  accountId,
}: {
  restaurantId: string
  accountId: string
}) {
  const session = await holdSession(accountId)
  const measure = async (poll: () => Promise<unknown>) => {
    // The parties are in the first; what follows foretells the wait of a line.
    const [first] = await catchStatements(poll)
    if (!first) throw new Error('the poll asked nothing')
    return countBookReads(first)
  }
  return {
    day: await measure(() => watchDay({ restaurantId, session })),
    line: await measure(() => watchWaiting({ restaurantId, session })),
  }
}

/** More than a few parties need by key, with the ends of indexes at which the planner looks. */
const MANY_READS = 50

/** What polls read of the guest book in another number than a few rows, by name. */
export function listManyReads(polls: Awaited<ReturnType<typeof countPolls>>): string[] {
  return Object.entries(polls).flatMap(([poll, reads]) =>
    Object.entries(reads)
      .filter(([, rows]) => rows === 0 || rows >= MANY_READS)
      .map(([table, rows]) => `${poll}: ${rows} of ${table}`),
  )
}
