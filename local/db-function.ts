/**
 * Writes the migration that makes database functions, triggers and views what their files in
 * `prisma/functions/` say: `npm run db:function -- place_reservation`. Without a name: all that differ.
 */
import path from 'node:path'
import { readFunctionFiles } from '@/prisma/function-files'
import { planFunctionMigration, writeMigration } from '@/prisma/function-migration'
import { withMigratedDatabase } from '@/prisma/migrated-database'
import { withScratchPostgres } from './scratch-postgres'

const names = process.argv.slice(2)

try {
  const files = readFunctionFiles()
  const sql = await withScratchPostgres((connectionString) =>
    withMigratedDatabase({
      connectionString,
      work: (client) => planFunctionMigration({ client, files, names }),
    }),
  )
  const folder = path.join(process.cwd(), 'prisma/migrations')
  const written = writeMigration({ folder, words: nameMigration(names), sql })
  console.log(`${path.relative(process.cwd(), written)}/migration.sql`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

function nameMigration([first, ...others]: string[]): string {
  if (first === undefined) return 'functions'
  return others.length === 0 ? first : `${first}_and_${others.length}_more`
}
