import pg from 'pg'

export interface Column {
  name: string
  /** Postgres' name of the type: `timestamptz`, `_text` for an array. */
  type: string
  /** Null: an expression; Postgres does not say whether it can be null. */
  isNullable: boolean | null
}

export type Description = { ok: true; columns: Column[] } | { ok: false; message: string }

type Describer = (text: string) => Promise<Description>

/** Has Postgres parse statements without running them, and describes the columns they return. */
export async function createDescriber(client: pg.Client): Promise<Describer> {
  const types = await client.query<{ oid: number; name: string }>(
    'SELECT oid::int, typname::text AS name FROM pg_type',
  )
  const typeOf = new Map(types.rows.map((row) => [row.oid, row.name]))
  const notNull = await client.query<{ key: string }>(
    `SELECT attrelid || ' ' || attnum AS key FROM pg_attribute WHERE attnotnull AND attnum > 0`,
  )
  const isNotNull = new Set(notNull.rows.map((row) => row.key))
  return async (text) => {
    try {
      const fields = await describe({ client, text })
      const outer = fields.some((field) => field.tableID > 0)
        ? await findOuterJoined({ client, text })
        : []
      const columns = fields.map((field, index): Column => {
        const isBare = !isNotNull.has(`${field.tableID} ${field.columnID}`)
        return {
          name: field.name,
          type: typeOf.get(field.dataTypeID) ?? String(field.dataTypeID),
          isNullable: field.tableID === 0 ? null : isBare || (outer[index] ?? false),
        }
      })
      return { ok: true, columns }
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error
      const around = error.position
        ? ` at “${text.slice(Number(error.position) - 1).slice(0, 40)}”`
        : ''
      return { ok: false, message: `${error.message}${around}` }
    }
  }
}

type Field = { name: string; tableID: number; columnID: number; dataTypeID: number }

/** The protocol's own Parse and Describe; nothing is bound or run. */
function describe({ client, text }: { client: pg.Client; text: string }): Promise<Field[]> {
  return new Promise((resolve, reject) => {
    let fields: Field[] = []
    client.query({
      submit(connection: pg.Connection) {
        connection.parse({ name: '', text, types: [] }, true)
        connection.describe({ type: 'S', name: '' }, true)
        connection.sync()
      },
      handleRowDescription(message: { fields: Field[] }) {
        fields = message.fields
      },
      handleError: reject,
      handleReadyForQuery: () => resolve(fields),
    })
  })
}

interface PlanNode {
  'Node Type': string
  'Join Type'?: string
  'Parent Relationship'?: string
  Alias?: string
  Output?: string[]
  Plans?: PlanNode[]
}

/**
 * For each column, whether it comes from the optional side of an outer join; only the plan shows
 * it, not the description of the row.
 */
async function findOuterJoined({
  client,
  text,
}: {
  client: pg.Client
  text: string
}): Promise<boolean[]> {
  const explained = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    `EXPLAIN (GENERIC_PLAN, VERBOSE, FORMAT JSON) ${text}`,
  )
  const plan = explained.rows[0]?.['QUERY PLAN'][0]?.Plan
  if (!plan) return []
  const missing = new Set(listMissing(plan))
  return (plan.Output ?? []).map((output) => missing.has(/^(\w+)\./.exec(output)?.[1] ?? ''))
}

/** The aliases whose columns may all be null, because an outer join keeps rows without a match. */
function listMissing(node: PlanNode): string[] {
  const plans = node.Plans ?? []
  const side = (name: string) =>
    plans.filter((plan) => plan['Parent Relationship'] === name).flatMap(listAliases)
  const join = node['Join Type']
  return [
    ...(join === 'Left' || join === 'Full' ? side('Inner') : []),
    ...(join === 'Right' || join === 'Full' ? side('Outer') : []),
    ...plans.flatMap(listMissing),
  ]
}

function listAliases({ Alias, Plans = [] }: PlanNode): string[] {
  return [...(Alias ? [Alias] : []), ...Plans.flatMap(listAliases)]
}
