import { rmSync } from 'node:fs'
import path from 'node:path'
import { loadVariableFiles } from '@/lib/variable-file'
import { removeCluster } from '@/local/postgres/cluster'
import { hasForeignAccounts } from '@/local/postgres/given'
import { loadEnvFiles } from '@/prisma/environment'
import { describeRefusal, migrateDatabase } from '@/prisma/migrate'
import { reachable, readHost, startApp } from './app-process'
import { ensureBuild } from './build'
import { describeDemo } from './demo-words'
import { lockFolder } from './folder-lock'
import { isPortFree } from './free-port'
import { makeLifetime } from './lifetime'
import type { Progress } from './progress.mjs'
import { runScript } from './run-script'
import { readDemoContact, readDemoSecrets, writeDemoEnvironment } from './secrets'
import { type Stores, startStores } from './stores'
import { startSweepTimer } from './sweep-timer'

const FOLDER = path.resolve('.local/demo')

/** What the demo takes from the environment, or a file that it names, before making its own. */
const GIVEN_OR_OWN = [
  ...(['DATABASE_URL', 'DIRECT_DATABASE_URL', 'SMTP_URL', 'UPSTASH_REDIS_REST_URL'] as const),
  ...(['UPSTASH_REDIS_REST_TOKEN', 'REDIS_URL', 'AUTH_SECRET', 'CRON_SECRET'] as const),
  ...(['METRICS_TOKEN', 'DATA_KEYS'] as const),
]

interface DemoPlan {
  progress: Progress
  isFresh: boolean
  isDev: boolean
}

/** Starts what is missing, serves until it is told to stop, and returns the exit code. */
export async function runDemo({ progress, isFresh, isDev }: DemoPlan): Promise<number> {
  const startedAt = performance.now()
  loadEnvFiles()
  loadVariableFiles({ environment: process.env, names: GIVEN_OR_OWN })
  const lifetime = makeLifetime({ say: progress.say })
  return lifetime.run(async ({ addStop }) => {
    addStop(await lockDemo())
    const port = await readPort()
    if (isFresh) await progress.step('Forgetting the old demo', () => forget(progress))
    const stores = await startStores({ folder: FOLDER, progress, addStop })
    await progress.step('Migrations', () => migrate(stores))
    await progress.step('Generated code', () => runScript({ args: ['local/generate.mjs'] }))
    const host = readHost(process.env)
    const url = process.env.APP_URL || `http://localhost:${port}`
    const secrets = readDemoSecrets(FOLDER)
    const env = {
      ...secrets,
      ...stores.env,
      ...readDemoContact(),
      APP_URL: url,
      PORT: String(port),
    }
    writeDemoEnvironment({ folder: FOLDER, env })
    await seed({ stores, env, progress })
    if (!isDev) await progress.step('Production build', (report) => ensureBuild({ report }))
    const app = await progress.step(isDev ? 'Development server' : 'Application', () =>
      startApp({ port, host, env, isDev, folder: FOLDER, say: progress.say }),
    )
    addStop(app.stop)
    addStop(startSweepTimer({ url: `http://${reachable(host)}:${port}`, secret: env.CRON_SECRET }))
    const seconds = (performance.now() - startedAt) / 1000
    progress.say(describeDemo({ url, stores, seconds, isDev }))
    return Promise.race([stores.failed, app.failed])
  })
}

async function readPort(): Promise<number> {
  const port = Number(process.env.PORT || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`PORT is "${process.env.PORT}"; it has to be a number from 1 to 65535.`)
  }
  if (await isPortFree(port)) return port
  throw new Error(
    `Port ${port} is taken by another program. Stop that one, or choose another port: ` +
      `PORT=${port + 1} npm run demo`,
  )
}

async function lockDemo(): Promise<() => void> {
  const lock = await lockFolder(FOLDER)
  if (lock) return lock.release
  throw new Error(
    'A demo of this folder is running already. Use that one, or stop it with Ctrl-C first.',
  )
}

async function forget(progress: Progress): Promise<void> {
  if (process.env.DATABASE_URL) {
    progress.say('    the database that DATABASE_URL names is yours and stays as it is')
  }
  await removeCluster(FOLDER)
  rmSync(FOLDER, { recursive: true, force: true })
}

async function migrate(stores: Stores): Promise<void> {
  const { DATABASE_URL: databaseUrl, DIRECT_DATABASE_URL: directUrl } = stores.env
  const outcome = await migrateDatabase({ databaseUrl, directUrl })
  if (outcome.ok) return
  const wayOut = stores.isOwnDatabase ? ' Or start over: npm run demo -- --fresh' : ''
  throw new Error(describeRefusal(outcome) + wayOut)
}

/** The seed's accounts have a public password: never into a database in real use. */
async function seed({
  stores,
  env,
  progress,
}: {
  stores: Stores
  env: Record<string, string>
  progress: Progress
}): Promise<void> {
  if (!stores.isOwnDatabase && (await hasForeignAccounts(stores.env.DIRECT_DATABASE_URL))) {
    progress.say('  ✓ No demo data: this database has accounts of its own')
    return
  }
  await progress.step('Demo restaurants, tables and bookings', (report) =>
    runScript({ args: ['--import', 'tsx', 'prisma/seed.ts'], env, onLine: report }),
  )
}
