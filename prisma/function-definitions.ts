import type pg from 'pg'
import type { FunctionFile, FunctionKind } from './function-files'

/** A function, trigger or view as the database has it. */
export interface Definition {
  name: string
  kind: FunctionKind
  /** The operand of `DROP <kind>`: `place_reservation(uuid,text)`, `tickets_counted ON tickets`. */
  signature: string
  definition: string
}

/** Leaves out what extensions bring, and the triggers of constraints. */
const DEFINITIONS = `
  SELECT proname::text AS name, 'FUNCTION' AS kind, oid::regprocedure::text AS signature,
         pg_get_functiondef(oid) AS definition
    FROM pg_proc
   WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
     AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
  UNION ALL
  SELECT tgname, 'TRIGGER', format('%I ON %s', tgname, tgrelid::regclass), pg_get_triggerdef(oid)
    FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL
  SELECT relname, 'VIEW', oid::regclass::text, pg_get_viewdef(oid)
    FROM pg_class
   WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
     AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
  ORDER BY name, signature`

export async function readDefinitions(client: pg.ClientBase): Promise<Definition[]> {
  const found = await client.query<Definition>(DEFINITIONS)
  return found.rows
}

export type Difference =
  | { name: string; how: 'no-file' }
  | { name: string; how: 'no-migration' | 'differs'; file: string }
  /** Postgres refuses to replace one by the other: a signature or a column has changed. */
  | { name: string; how: 'refused'; file: string; message: string }

/**
 * Compares a migrated database with the files: creates each definition from its file and checks
 * whether the catalogue has changed, all in a transaction that is rolled back.
 */
export async function compareDefinitions({
  client,
  files,
}: {
  client: pg.ClientBase
  files: FunctionFile[]
}): Promise<Difference[]> {
  await client.query('BEGIN')
  try {
    const migrated = await readDefinitions(client)
    const refusals = new Map<string, string>()
    for (const file of files) {
      const message = await tryStatement({ client, sql: file.statement })
      if (message) refusals.set(file.name, message)
    }
    const replaced = await readDefinitions(client)
    const spell = (all: Definition[], name: string) =>
      JSON.stringify(all.filter((it) => it.name === name))
    const ofFiles = files.flatMap(({ name, file }): Difference[] => {
      const message = refusals.get(name)
      if (message !== undefined) return [{ name, how: 'refused', file, message }]
      if (!migrated.some((it) => it.name === name)) return [{ name, how: 'no-migration', file }]
      return spell(migrated, name) === spell(replaced, name) ? [] : [{ name, how: 'differs', file }]
    })
    const names = new Set(files.map((file) => file.name))
    const withoutFile = migrated.filter((it) => !names.has(it.name))
    return [...ofFiles, ...withoutFile.map(({ name }): Difference => ({ name, how: 'no-file' }))]
  } finally {
    await client.query('ROLLBACK')
  }
}

/**
 * Null: it ran. Otherwise Postgres' message; the transaction goes on as if it had not been tried.
 */
async function tryStatement({
  client,
  sql,
}: {
  client: pg.ClientBase
  sql: string
}): Promise<string | null> {
  await client.query('SAVEPOINT tried')
  try {
    await client.query(sql)
    return null
  } catch (error) {
    await client.query('ROLLBACK TO tried')
    return error instanceof Error ? error.message : String(error)
  }
}
