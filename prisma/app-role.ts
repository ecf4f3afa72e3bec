import pg from 'pg'

/**
 * The time limits of guarantee "503 within two seconds". They are settings of the role, because a
 * session's own `SET` is lost behind a transaction pooler, and one on a function comes too late for
 * the statement that is already running. They apply in this database only: the role may have
 * others.
 */
const LIMITS = ["lock_timeout = '1s'", "statement_timeout = '2s'"]

/**
 * Lets the application's role read and write rows and call functions, now and after later
 * migrations, but change neither schema, migration history nor audit log; and sets its time limits. Where
 * owner and application are one role, only the limits are set.
 */
export async function prepareAppRole({
  directUrl,
  databaseUrl,
}: {
  directUrl: string
  databaseUrl: string
}): Promise<void> {
  const appRole = await readRole(databaseUrl)
  await withClient(directUrl, (owner) => grantRights({ owner, appRole }))
  await withClient(databaseUrl, (app) => setLimits({ app, appRole }))
}

async function readRole(connectionString: string): Promise<string> {
  let role = ''
  await withClient(connectionString, async (client) => {
    const found = await client.query<{ role: string }>('SELECT current_user AS role')
    role = found.rows[0]?.role ?? ''
  })
  return role
}

async function grantRights({
  owner,
  appRole,
}: {
  owner: pg.Client
  appRole: string
}): Promise<void> {
  const found = await owner.query<{ owner: string }>('SELECT current_user AS owner')
  if (found.rows[0]?.owner === appRole) return
  const app = pg.escapeIdentifier(appRole)
  const defaults = 'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT'
  // One at a time: two runs granting on the same tables fail with "tuple concurrently updated".
  await owner.query(`
    BEGIN;
    SELECT pg_advisory_xact_lock(hashtext('bobjool:grants'));
    GRANT USAGE ON SCHEMA public TO ${app};
    ${grantOnOurs(app)}
    ${defaults} SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${app};
    ${defaults} USAGE, SELECT ON SEQUENCES TO ${app};
    ${defaults} EXECUTE ON FUNCTIONS TO ${app};
    REVOKE ALL ON _prisma_migrations FROM ${app};
    ${keepAuditLog(app)}
    ${closeToOthers(app)}
    COMMIT;`)
}

/** An extension's tables and functions may be in our schema too; the role that installed it owns them. */
const isOurs = (catalog: 'pg_class' | 'pg_proc') => `
  NOT EXISTS (SELECT FROM pg_depend d
               WHERE d.classid = '${catalog}'::regclass AND d.objid = o.oid AND d.deptype = 'e')`

const grantOnOurs = (app: string) => `
    DO $$
    DECLARE
      g text;
    BEGIN
      FOR g IN
        SELECT format(CASE WHEN o.relkind = 'S' THEN 'USAGE, SELECT ON SEQUENCE %s'
                           ELSE 'SELECT, INSERT, UPDATE, DELETE ON TABLE %s' END,
                      string_agg(o.oid::regclass::text, ', '))
          FROM pg_class o
         WHERE o.relnamespace = 'public'::regnamespace AND o.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
           AND ${isOurs('pg_class')}
         GROUP BY o.relkind
        UNION ALL
        SELECT 'EXECUTE ON ROUTINE ' || string_agg(o.oid::regprocedure::text, ', ')
          FROM pg_proc o
         WHERE o.pronamespace = 'public'::regnamespace AND ${isOurs('pg_proc')}
      LOOP
        EXECUTE 'GRANT ' || g || ' TO ' || ${pg.escapeLiteral(app)};
      END LOOP;
    END $$;`

/**
 * The audit log is added to, and marked as undone. What changes or deletes its rows is a function of
 * the owner's: one that forgets what is overdue, or erases an account.
 */
const keepAuditLog = (app: string) => `
    REVOKE UPDATE, DELETE, TRUNCATE ON audit_events FROM ${app};
    GRANT UPDATE (undone_at) ON audit_events TO ${app};`

/** Functions that run with their owner's rights are for the application only. */
const closeToOthers = (app: string) => `
    DO $$
    DECLARE
      f regprocedure;
    BEGIN
      FOR f IN SELECT o.oid FROM pg_proc o
                WHERE o.pronamespace = 'public'::regnamespace AND o.prosecdef AND ${isOurs('pg_proc')} LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', f, ${pg.escapeLiteral(app)});
      END LOOP;
    END $$;`

async function setLimits({ app, appRole }: { app: pg.Client; appRole: string }): Promise<void> {
  const found = await app.query<{ name: string }>('SELECT current_database() AS name')
  const role = pg.escapeIdentifier(appRole)
  const database = pg.escapeIdentifier(found.rows[0]?.name ?? '')
  // Two runs at once would both write the role's one row of settings.
  const lock = `SELECT pg_advisory_xact_lock(hashtext('bobjool:limits'));`
  const settings = LIMITS.map((limit) => `ALTER ROLE ${role} IN DATABASE ${database} SET ${limit};`)
  await app.query(`BEGIN; ${lock} ${settings.join(' ')} COMMIT;`)
}

async function withClient(
  connectionString: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await work(client).finally(() => client.end())
}
