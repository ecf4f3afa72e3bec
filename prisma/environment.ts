import { existsSync } from 'node:fs'
import { loadVariableFiles } from '@/lib/variable-file'

/** As Next.js and the demo read them: what is set already stays, then `.env.local`, then `.env`. */
export function loadEnvFiles(): void {
  for (const file of ['.env.local', '.env']) if (existsSync(file)) process.loadEnvFile(file)
}

/**
 * The two addresses of the database, from the environment, `.env.local`, `.env` or the files that they name. Null
 * where neither is set. `directUrl` is the owner's; one may stand for both.
 */
export function readDatabaseUrls(): { databaseUrl: string; directUrl: string } | null {
  loadEnvFiles()
  loadVariableFiles({ environment: process.env, names: ['DATABASE_URL', 'DIRECT_DATABASE_URL'] })
  const { DATABASE_URL, DIRECT_DATABASE_URL } = process.env
  const databaseUrl = DATABASE_URL || DIRECT_DATABASE_URL
  const directUrl = DIRECT_DATABASE_URL || DATABASE_URL
  return databaseUrl && directUrl ? { databaseUrl, directUrl } : null
}
