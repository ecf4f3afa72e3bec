import { randomUUID } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { readDatabaseUrls } from './environment'
import type { DemoOrder } from './seed/demo'

/** See `seed/demo.ts`, which is imported late because it reads the environment on import. */
export async function seedDemo(order: DemoOrder): Promise<void> {
  const demo = await import('./seed/demo')
  await demo.seedDemo(order)
}

async function main(): Promise<number> {
  const urls = readDatabaseUrls()
  if (!urls) {
    process.stderr.write('Set DIRECT_DATABASE_URL (or DATABASE_URL) to the database to seed.\n')
    return 1
  }
  // The seed signs nothing and uses only this database, but the environment is parsed as a whole.
  process.env.AUTH_SECRET ||= randomUUID()
  process.env.DATABASE_URL ||= urls.databaseUrl
  const pool = new pg.Pool({ connectionString: urls.directUrl, max: 4 })
  let isIdle = true
  const report = (line: string) => {
    isIdle = false
    process.stdout.write(`${line}\n`)
  }
  await seedDemo({ pool, report }).finally(() => pool.end())
  if (isIdle) report('The demo data is complete.')
  return 0
}

const isRunDirectly =
  process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href
if (isRunDirectly) {
  main().then(
    (exitCode) => {
      process.exitCode = exitCode
    },
    (error: Error) => {
      process.stderr.write(`The demo data could not be written: ${error.message}\n`)
      process.exitCode = 1
    },
  )
}
