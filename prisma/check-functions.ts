import { compareDefinitions, type Difference } from './function-definitions'
import { readFunctionFiles } from './function-files'
import { withMigratedDatabase } from './migrated-database'

export interface FunctionsCheck {
  /** The connection's role may create databases; its own database is not touched. */
  connectionString: string
  functionsFolder?: string
  migrationsFolder?: string
}

/** The differences between the migrations and `prisma/functions/`, in both directions. */
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
