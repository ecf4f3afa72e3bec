import pg from 'pg'
import type { TestDatabase } from './database'

/** A column of a table, with a value that nothing else in the database has. */
export interface MarkedColumn {
  table: string
  column: string
  value: unknown
  /** How the value may be written in JSON. Null: two rows may have it, such as a boolean's. */
  spellings: RegExp[] | null
}

type Described = { table: string; column: string; type: string; udt: string }

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
const exactly = (...texts: string[]) => texts.map((text) => new RegExp(escapeRegExp(text)))
const asNumber = (number: number) => [new RegExp(`(?<![\\d.])${number}(?![\\d.])`)]

const toInstant = (index: number) =>
  new Date(Date.UTC(2031, 0, 1) + index * 60_000).toISOString().slice(0, 19)
const toDate = (index: number) =>
  new Date(Date.UTC(2041, 0, 1) + index * 86_400_000).toISOString().slice(0, 10)
const toUuid = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

/** A value of the column's type that names it. */
function mark({ table, column, type, udt }: Described, index: number): MarkedColumn {
  const word = `mark-${table}-${column}`
  const number = 20_000 + index
  const kinds: Record<string, [value: unknown, spellings: RegExp[] | null]> = {
    text: [word, exactly(`"${word}"`)],
    _text: [[word], exactly(`"${word}"`)],
    jsonb: [{ [word]: word }, exactly(`"${word}"`)],
    bytea: [
      Buffer.from(word),
      exactly(Buffer.from(word).toString('base64'), Buffer.from(word).toString('hex')),
    ],
    uuid: [toUuid(index), exactly(toUuid(index))],
    _uuid: [[toUuid(index)], exactly(toUuid(index))],
    timestamptz: [`${toInstant(index)}Z`, exactly(toInstant(index))],
    date: [toDate(index), exactly(toDate(index))],
    int2: [number, asNumber(number)],
    int4: [number, asNumber(number)],
    int8: [number, asNumber(number)],
    float8: [number, asNumber(number)],
    numeric: [number, asNumber(number)],
    _int2: [[number], asNumber(number)],
    bool: [true, null],
  }
  const [value, spellings] = kinds[udt] ?? (type === 'USER-DEFINED' ? [udt, null] : [])
  if (spellings === undefined) throw new Error(`no mark for ${table}.${column} of type ${udt}`)
  return { table, column, value, spellings }
}

async function describeColumns(client: pg.Client): Promise<Described[]> {
  const { rows } = await client.query<Described>(
    `SELECT c.table_name AS table, c.column_name AS column, c.data_type AS type, c.udt_name AS udt
       FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' AND c.is_identity = 'NO'
        AND c.table_name <> '_prisma_migrations'
      ORDER BY c.table_name, c.ordinal_position`,
  )
  return rows
}

/** An enum has too few values for a mark: its first, and its last for a change. */
const labelOf = (enumName: string, which: 'first' | 'last') => `(enum_${which}(NULL::${enumName}))`

/**
 * Runs work in a transaction of a superuser in which no constraint, trigger or key holds, and rolls it
 * back: so that a row may have a mark in each of its columns.
 */
export async function withoutRules<T>(
  { superuserUrl }: Pick<TestDatabase, 'superuserUrl'>,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    await client.query(
      `BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL TIME ZONE 'UTC'`,
    )
    const { rows } = await client.query<{ sql: string }>(
      `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS sql
         FROM pg_constraint WHERE contype IN ('c', 'x') AND connamespace = 'public'::regnamespace AND conrelid <> 0`,
    )
    await client.query(rows.map(({ sql }) => sql).join(';'))
    return await work(client)
  } finally {
    await client.query('ROLLBACK')
    await client.end()
  }
}

/**
 * Adds one row to every table with a mark in each column, but for the columns that are given. Returns
 * the marked columns, and a change of those whose value is no mark.
 */
export async function addMarkedRows(
  client: pg.Client,
  given: (table: string, column: string) => unknown,
): Promise<{ columns: MarkedColumn[]; change: (column: MarkedColumn) => Promise<void> }> {
  const described = await describeColumns(client)
  const columns = described.map((each, index) => {
    const fixed = given(each.table, each.column)
    const marked = mark(each, index)
    return fixed === undefined ? marked : { ...marked, value: fixed, isGiven: true }
  })
  for (const table of new Set(described.map((each) => each.table))) {
    const own = columns.filter((each) => each.table === table)
    const values: unknown[] = []
    const slots = own.map(({ value, spellings, column }) => {
      if (spellings === null && typeof value === 'string') return labelOf(value, 'first')
      const type = described.find((each) => each.table === table && each.column === column)?.udt
      values.push(type === 'jsonb' ? JSON.stringify(value) : value)
      return `$${values.length}`
    })
    const names = own.map(({ column }) => `"${column}"`)
    await client.query(`INSERT INTO ${table} (${names}) VALUES (${slots})`, values)
  }
  const change = async ({ table, column, value }: MarkedColumn) => {
    const other = typeof value === 'string' ? labelOf(value, 'last') : `NOT "${column}"`
    await client.query(`UPDATE ${table} SET "${column}" = ${other}`)
  }
  return { columns: columns.filter((each) => !('isGiven' in each)), change }
}
