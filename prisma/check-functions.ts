import { compareDefinitions, type Difference } from './function-definitions'
import { readFunctionFiles } from './function-files'
import { withMigratedDatabase } from './migrated-database'

export interface FunctionsCheck {
  /** Of a role that may create databases; nothing in this database itself is touched. */
  connectionString: string
  functionsFolder?: string
  migrationsFolder?: string
}

/** What is not in the migrations as `prisma/functions/` has it, or the other way round. */
export function checkFunctions(check: FunctionsCheck): Promise<Difference[]> {
  const files = readFunctionFiles(check.functionsFolder)
  return withMigratedDatabase({
    connectionString: check.connectionString,
    ...(check.migrationsFolder && { migrationsFolder: check.migrationsFolder }),
    work: (client) => compareDefinitions({ client, files }),
  })
}

export function describeDifference(difference: Difference): string {
  const { name } = difference
  if (difference.how === 'no-file') {
    return `${name}: no file in prisma/functions/ has it, though the migrations make it`
  }
  const file = `prisma/functions/${difference.file}`
  const words = {
    'no-migration': `${file}: no migration makes it`,
    differs: `${file}: the migrations make another one`,
    refused: `${file}: it does not replace what the migrations make`,
  }
  const because = difference.how === 'refused' ? ` (${difference.message})` : ''
  return `${words[difference.how]}${because}; npm run db:function -- ${name}`
}
