import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export interface Migration {
  name: string
  sql: string
  /** sha256 of the file's bytes, as Prisma Migrate computes it. */
  checksum: string
}

/** The migrations of a folder in the order in which they are applied: by name. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => {
      const file = path.join(folder, name, 'migration.sql')
      if (!existsSync(file)) return []
      const bytes = readFileSync(file)
      const checksum = createHash('sha256').update(bytes).digest('hex')
      return [{ name, sql: bytes.toString('utf8'), checksum }]
    })
}
