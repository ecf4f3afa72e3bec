import { existsSync } from 'node:fs'
import { loadVariableFiles } from '@/lib/variable-file'

/**
 * The two addresses of the database, from the environment, `.env` or the files that they name. Null
 * where neither is set. `directUrl` is the owner's; one may stand for both.
 */
export function readDatabaseUrls(): { databaseUrl: string; directUrl: string } | null {
  if (existsSync('.env')) process.loadEnvFile('.env')
  loadVariableFiles({ environment: process.env, names: ['DATABASE_URL', 'DIRECT_DATABASE_URL'] })
  const { DATABASE_URL, DIRECT_DATABASE_URL } = process.env
  const databaseUrl = DATABASE_URL || DIRECT_DATABASE_URL
  const directUrl = DIRECT_DATABASE_URL || DATABASE_URL
  return databaseUrl && directUrl ? { databaseUrl, directUrl } : null
}
