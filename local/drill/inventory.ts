import type pg from 'pg'

/** Of each kind, what there is by name, and how it is defined. */
export type Inventory = Map<string, Map<string, string>>

const OURS = `n.nspname = 'public'`

/** What a restore has to bring back. Roles belong to the cluster, so a dump of the database has none. */
const QUERIES: Record<string, string> = {
  tables: `
    SELECT c.relname AS name, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) ||
             a.attnotnull || coalesce(pg_get_expr(d.adbin, d.adrelid), ''), ', ' ORDER BY a.attnum) AS value
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE ${OURS} AND c.relkind IN ('r', 'p', 'v', 'm') GROUP BY c.oid`,
  constraints: `
    SELECT conrelid::regclass || ' ' || conname AS name, pg_get_constraintdef(k.oid) AS value
      FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE ${OURS}`,
  indexes: `
    SELECT indexname AS name, indexdef AS value FROM pg_indexes WHERE schemaname = 'public'`,
  functions: `
    SELECT p.oid::regprocedure::text AS name,
           md5(pg_get_functiondef(p.oid)) || coalesce(p.proacl::text, '') AS value
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE ${OURS} AND p.prokind IN ('f', 'p')`,
  triggers: `
    SELECT tgrelid::regclass || ' ' || tgname AS name, tgenabled::text || pg_get_triggerdef(oid) AS value
      FROM pg_trigger WHERE NOT tgisinternal`,
  extensions: `SELECT extname AS name, extversion AS value FROM pg_extension`,
  rights: `
    SELECT c.relname AS name, coalesce(c.relacl::text, '') || ' ' ||
           (SELECT coalesce(string_agg(attname || attacl::text, ' ' ORDER BY attnum), '')
              FROM pg_attribute WHERE attrelid = c.oid AND attacl IS NOT NULL) AS value
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE ${OURS} AND c.relkind IN ('r', 'p', 'v', 'm', 'S')`,
  roles: `
    SELECT rolname AS name, concat_ws(' ', rolsuper, rolcanlogin, rolcreatedb, rolcreaterole,
             rolconnlimit, md5(rolpassword),
             (SELECT string_agg(m.roleid::regrole::text, ',' ORDER BY m.roleid)
                FROM pg_auth_members m WHERE m.member = a.oid)) AS value
      FROM pg_authid a WHERE rolname !~ '^pg_'`,
  'role limits': `
    SELECT concat_ws(' in ', coalesce(r.rolname, 'everybody'), d.datname) AS name, s.setconfig::text AS value
      FROM pg_db_role_setting s LEFT JOIN pg_authid r ON r.oid = s.setrole
      LEFT JOIN pg_database d ON d.oid = s.setdatabase`,
}

/** The rows themselves too: as many rows as before are not yet the same rows. */
const ROWS = (table: string) =>
  `SELECT count(*) || ' rows, ' || md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS value
     FROM ${table} t`

/** As a superuser: passwords are among what is compared, as digests. */
export async function takeInventory(client: pg.Client): Promise<Inventory> {
  const inventory: Inventory = new Map()
  for (const [kind, sql] of Object.entries(QUERIES)) {
    const { rows } = await client.query<{ name: string; value: string }>(sql)
    inventory.set(kind, new Map(rows.map(({ name, value }) => [name, value])))
  }
  const contents = new Map<string, string>()
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT format('%I', tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  )
  for (const { name } of tables) {
    const { rows } = await client.query<{ value: string }>(ROWS(name))
    contents.set(name, rows[0]?.value ?? '')
  }
  return inventory.set('contents of tables', contents)
}

/** One line for each that is missing, new or different. */
export function compareInventories({
  noted,
  found,
}: {
  noted: Inventory
  found: Inventory
}): string[] {
  const differences: string[] = []
  for (const [kind, expected] of noted) {
    const actual = found.get(kind) ?? new Map<string, string>()
    for (const name of new Set([...expected.keys(), ...actual.keys()])) {
      const [before, after] = [expected.get(name), actual.get(name)]
      if (before === after) continue
      if (after === undefined) differences.push(`${kind}: ${name} is missing`)
      else if (before === undefined) differences.push(`${kind}: ${name} was not there`)
      else differences.push(`${kind}: ${name} was ${before}, is ${after}`)
    }
  }
  return differences
}

/** `97 tables, 412 constraints, …` */
export function describeInventory(inventory: Inventory): string {
  return [...inventory].map(([kind, things]) => `${things.size} ${kind}`).join(', ')
}
