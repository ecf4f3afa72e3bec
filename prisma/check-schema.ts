import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadEnvFiles } from './environment'
import { readMigrations } from './migration-folder'
import { loadSchemaEngine } from './schema-engine'
import { makeShadowAdapter } from './shadow-adapter'

export interface SchemaCheck {
  /** The connection's role may create databases; its own database is not touched. */
  connectionString: string
  schemaFolder?: string
  migrationsFolder?: string
}

/** `sql` is the missing migration. */
export type SchemaAgreement = { agrees: true } | { agrees: false; sql: string }

/**
 * Replays the migrations into a shadow database and compares the result with the Prisma schema.
 *
 * Out of Prisma's sight, and therefore of this check: exclusion and check constraints, expression
 * and partial indexes, which tests look up by name in the catalogue; and functions, triggers and
 * views, which `checkFunctions` compares with their files.
 */
export async function checkSchema(check: SchemaCheck): Promise<SchemaAgreement> {
  const files = readSchemaFiles(check.schemaFolder ?? path.join(import.meta.dirname, 'schema'))
  const engine = await loadSchemaEngine({
    datamodels: files.map((file) => [file.path, file.content]),
    adapter: makeShadowAdapter(check.connectionString),
  })
  try {
    const difference = await engine.diff({
      from: listMigrations(check.migrationsFolder ?? path.join(import.meta.dirname, 'migrations')),
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    })
    if (difference.exitCode === 0) return { agrees: true }
    return { agrees: false, sql: difference.stdout ?? '' }
  } finally {
    engine.free()
  }
}

function readSchemaFiles(folder: string): { path: string; content: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.prisma'))
    .sort()
    .map((file) => path.join(folder, file))
    .map((file) => ({ path: file, content: readFileSync(file, 'utf8') }))
}

function listMigrations(folder: string) {
  return {
    tag: 'migrations' as const,
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
    shadowDbInitScript: '',
    migrationDirectories: readMigrations(folder).map(({ name, sql }) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: sql },
      },
    })),
  }
}

async function main(): Promise<number> {
  loadEnvFiles()
  const connectionString = process.env.DIRECT_DATABASE_URL || process.env.DATABASE_URL
  if (!connectionString) {
    process.stderr.write(
      'Set DIRECT_DATABASE_URL to a server on which a database may be created.\n',
    )
    return 1
  }
  const agreement = await checkSchema({ connectionString })
  if (agreement.agrees) {
    process.stdout.write('Migrations and schema agree.\n')
    return 0
  }
  process.stdout.write(`The schema has what no migration makes:\n\n${agreement.sql}\n`)
  return 2
}

const isRunDirectly =
  process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href
if (isRunDirectly) {
  main().then(
    (exitCode) => {
      process.exitCode = exitCode
    },
    (error: Error) => {
      process.stderr.write(`The schema could not be checked: ${error.message}\n`)
      process.exitCode = 1
    },
  )
}
