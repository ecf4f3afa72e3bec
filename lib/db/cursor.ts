import type { ZodType } from 'zod'

/** One page of a list. `nextCursor` null: this was the last. */
export type Page<Item> = { items: Item[]; nextCursor: string | null }

/**
 * One row more than asked for was read, to know whether there is another page. `keyOf` gives what the
 * list is ordered by, of the last row shown; the next page begins behind it.
 */
export function cutPage<Item>({
  rows,
  limit,
  keyOf,
}: {
  rows: Item[]
  limit: number
  keyOf: (last: Item) => string[]
}): Page<Item> {
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? writeCursor(keyOf(last)) : null }
}

function writeCursor(key: string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** What a cursor says, or null: one that is not ours reads as none, which is the first page. */
export function readCursor<Key>(
  shape: ZodType<Key>,
  cursor: string | null | undefined,
): Key | null {
  if (!cursor || cursor.length > 500) return null
  try {
    const said: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return shape.safeParse(said).data ?? null
  } catch {
    return null
  }
}
