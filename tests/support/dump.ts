import type { TestDatabase } from './database'

/**
 * The places, as `table.column`, in which a dump of the database would hold one of these words. Reads
 * every row of every column of every table as Postgres writes it; binary columns also as the text
 * they may hold. The tool `pg_dump` prints the same rows, but only one of the server's own version.
 */
export async function findInDump(
  { query }: Pick<TestDatabase, 'query'>,
  words: string[],
): Promise<string[]> {
  const columns = await query<{ sql: string }>(
    `SELECT format('SELECT %L AS place FROM %I.%I t WHERE strpos(lower(%s), words.word) > 0', c.table_name || '.' || c.column_name,
                   c.table_schema, c.table_name,
                   format(CASE c.data_type WHEN 'bytea' THEN 't.%1$I::text || encode(t.%1$I, ''escape'')' ELSE 't.%1$I::text' END, c.column_name)) AS sql
       FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema NOT IN ('pg_catalog', 'information_schema') AND t.table_type = 'BASE TABLE'`,
  )
  if (columns.length < 200) throw new Error(`A dump has more than ${columns.length} columns.`)
  const all = columns.map(({ sql }) => sql).join(' UNION ')
  const found = await query<{ place: string }>(
    `SELECT DISTINCT place FROM (SELECT lower(w) AS word FROM unnest($1::text[]) AS w) AS words
      CROSS JOIN LATERAL (${all}) AS found ORDER BY place`,
    [words],
  )
  return found.map(({ place }) => place)
}

/** The ways in which a Korean mobile number in E.164 may have been written down. */
export function spellPhone(phone: string): string[] {
  const digits = phone.replace(/^\+82/, '')
  const [network, middle, last] = [digits.slice(0, 2), digits.slice(2, -4), digits.slice(-4)]
  return [digits, ...['-', ' ', '.'].map((between) => [network, middle, last].join(between))]
}
