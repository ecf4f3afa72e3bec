import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import type { RunningProcess } from '@/local/child-process'
import { startProcess } from '@/local/child-process'
import { findFreePort } from '@/local/free-port'
import type { PostgresBinaries } from './binaries'
import { preparePostgresBinaries } from './binaries'
import { stopLeftover } from './leftover'
import { connectWhenReady } from './readiness'
import type { SystemUser } from './system-user'
import { findReachableFolder, findSystemUser } from './system-user'

export const SUPERUSER = 'postgres'

/** Programs of one PostgreSQL, and how its `initdb` is told the order of texts. */
export interface ServerPrograms {
  binaries: PostgresBinaries
  majorVersion: string
  localeFlags: string[]
}

export interface ClusterPlan {
  folder: string
  /** Absent: the PostgreSQL that npm brings. */
  programs?: ServerPrograms
  /** `name=value` each, beside ours and before them. */
  settings?: string[]
  preferredPort?: number
  /** False trades crash safety for speed: for tests only. */
  isDurable: boolean
  /** What to do with a folder of another PostgreSQL version. */
  whenUnusable: 'wipe' | 'refuse'
  report?: (line: string) => void
}

export interface Cluster {
  port: number
  password: string
  process: RunningProcess
  isNew: boolean
  /** Called once roles and databases exist: until then the next start begins again. */
  markComplete: () => void
}

interface Place {
  data: string
  completeMark: string
  passwordFile: string
  logPath: string
  user: SystemUser | null
  programs: ServerPrograms
}

/** Starts the cluster in `folder`, makes it when missing, and recovers from a run that crashed. */
export async function startCluster(plan: ClusterPlan): Promise<Cluster> {
  const place = preparePlace(plan)
  await stopLeftover({ data: place.data })
  discardUnusable({ place, plan })
  const isNew = !existsSync(place.completeMark)
  if (isNew) {
    plan.report?.('PostgreSQL: making a new database cluster')
    initialise({ place, isDurable: plan.isDurable })
  }
  const password = readFileSync(place.passwordFile, 'utf8').trim()
  const port = await findFreePort(plan.preferredPort)
  rmSync(place.logPath, { force: true })
  const running = await startServer({ place, port, plan })
  await connectWhenReady({ port, password, server: running, logPath: place.logPath })
  return {
    port,
    password,
    process: running,
    isNew,
    markComplete: () => writeFileSync(place.completeMark, `${place.programs.majorVersion}\n`),
  }
}

/** Where the files of the cluster of a folder are. */
export function findClusterData(folder: string): string {
  return path.join(findReachableFolder({ folder, user: findSystemUser() }), 'postgres')
}

/** Stops what may still run in `folder` and deletes the cluster. The caller holds the lock. */
export async function removeCluster(folder: string): Promise<void> {
  const data = findClusterData(folder)
  await stopLeftover({ data })
  for (const each of [`${data}.complete`, `${data}.password`, data]) {
    rmSync(each, { recursive: true, force: true })
  }
}

function preparePlace({ folder, programs }: ClusterPlan): Place {
  const user = findSystemUser()
  const home = findReachableFolder({ folder, user })
  return {
    data: path.join(home, 'postgres'),
    completeMark: path.join(home, 'postgres.complete'),
    passwordFile: path.join(home, 'postgres.password'),
    logPath: path.join(folder, 'postgres.log'),
    user,
    programs: programs ?? prepareOwnPrograms({ user, refuge: path.dirname(home) }),
  }
}

function prepareOwnPrograms(where: { user: SystemUser | null; refuge: string }): ServerPrograms {
  return {
    binaries: preparePostgresBinaries(where),
    majorVersion: '18',
    // The same order and the same upper case on every machine, whatever it has installed.
    localeFlags: ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
  }
}

/** A cluster whose creation was interrupted holds nothing worth keeping. */
function discardUnusable({ place, plan }: { place: Place; plan: ClusterPlan }): void {
  const versionFile = path.join(place.data, 'PG_VERSION')
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : null
  const { majorVersion } = place.programs
  const isComplete = existsSync(place.completeMark) && existsSync(place.passwordFile)
  if (isComplete && version === majorVersion) {
    takeOwnership(place)
    return
  }
  if (isComplete && version && plan.whenUnusable === 'refuse') {
    throw new Error(
      `The database in ${place.data} was made by PostgreSQL ${version}, this is ${majorVersion}. ` +
        'Start over with npm run demo -- --fresh (the data in it is lost).',
    )
  }
  for (const leftover of [place.completeMark, place.passwordFile, place.data]) {
    rmSync(leftover, { recursive: true, force: true })
  }
}

/** The folder may come from a run under another account; root can hand it over, others can't. */
function takeOwnership(place: Place): void {
  const wanted = place.user?.uid ?? process.getuid?.()
  const owner = statSync(place.data).uid
  if (wanted === undefined || owner === wanted) return
  if (place.user) {
    spawnSync('chown', ['-R', `${place.user.uid}:${place.user.gid}`, place.data])
    return
  }
  throw new Error(
    `The database folder ${place.data} belongs to another account (user id ${owner}). ` +
      'Delete it, or run this as that account.',
  )
}

function initialise({ place, isDurable }: { place: Place; isDurable: boolean }): void {
  mkdirSync(place.data, { recursive: true, mode: 0o700 })
  writeFileSync(place.passwordFile, `${randomBytes(18).toString('hex')}\n`, { mode: 0o600 })
  const account = place.user ? { uid: place.user.uid, gid: place.user.gid } : {}
  if (place.user) {
    chownSync(place.data, place.user.uid, place.user.gid)
    chownSync(place.passwordFile, place.user.uid, place.user.gid)
  }
  const flags = [
    `--pgdata=${place.data}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${place.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    ...place.programs.localeFlags,
    ...(isDurable ? [] : ['--no-sync']),
  ]
  const made = spawnSync(place.programs.binaries.initdb, flags, {
    ...account,
    cwd: path.dirname(place.programs.binaries.initdb),
    encoding: 'utf8',
    env: makeEnvironment(),
  })
  if (made.status !== 0) {
    const cause = made.error?.message ?? `${made.stdout}\n${made.stderr}`.trim()
    throw new Error(`PostgreSQL could not make its data folder ${place.data}:\n${cause}`)
  }
}

function startServer({
  place,
  port,
  plan,
}: {
  place: Place
  port: number
  plan: ClusterPlan
}): Promise<RunningProcess> {
  const settings = [
    ...(plan.settings ?? []),
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=256MB',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(plan.isDurable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ]
  return startProcess({
    name: 'PostgreSQL',
    command: place.programs.binaries.postgres,
    args: ['-D', place.data, '-p', String(port), ...settings.flatMap((each) => ['-c', each])],
    cwd: path.dirname(place.programs.binaries.postgres),
    env: makeEnvironment(),
    ...(place.user ? { uid: place.user.uid, gid: place.user.gid } : {}),
    // SIGINT is PostgreSQL's fast shutdown: it ends sessions and leaves a clean folder.
    stopSignal: 'SIGINT',
    logPath: place.logPath,
  })
}

function makeEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
}
