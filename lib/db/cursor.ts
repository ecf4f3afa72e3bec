import type { ZodType } from 'zod'

/** One page of a list. `nextCursor` null: this is the last page. */
export type Page<Item> = { items: Item[]; nextCursor: string | null }

/**
 * Expects one row more than the page holds, which shows whether there is another page. `keyOf`
 * gives the sort key of the last row shown; the next page starts after it.
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

/** The key in a cursor. Null: not a cursor of ours, which means the first page. */
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
