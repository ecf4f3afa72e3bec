import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { type RunningProcess, startProcess } from './child-process'
import { findFreePort } from './free-port'

export interface LocalRedis {
  url: string
  pid: number
  program: string
  /** Resolves when the server has ended, on request or not. */
  exited: Promise<unknown>
  stop: () => Promise<void>
}

/** Room for one database per test worker; a demo uses the first. */
export const REDIS_DATABASES = 64
const PROGRAMS = ['redis-server', 'valkey-server']

/** The first of the two that this machine can run, or null. */
export function findRedisProgram(): string | null {
  const isThere = (program: string) => spawnSync(program, ['--version']).status === 0
  return PROGRAMS.find(isThere) ?? null
}

/**
 * A server of our own on its own port, that keeps nothing on disk. Null when there is no program.
 */
export async function startRedis({
  folder,
  preferredPort,
}: {
  folder: string
  preferredPort?: number
}): Promise<LocalRedis | null> {
  const program = findRedisProgram()
  if (!program) return null
  mkdirSync(folder, { recursive: true })
  const port = await findFreePort(preferredPort)
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    dir: folder,
    save: '',
    appendonly: 'no',
    daemonize: 'no',
    databases: String(REDIS_DATABASES),
  }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  const server = await startProcess({ name: 'Redis', command: program, args, cwd: folder })
  const url = `redis://127.0.0.1:${port}`
  await waitUntilReady({ url, server })
  return { url, pid: server.pid, program, exited: server.exited, stop: () => server.stop() }
}

async function waitUntilReady({
  url,
  server,
}: {
  url: string
  server: RunningProcess
}): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => 30 })
  redis.on('error', () => {})
  const answered = redis.ping().then(
    () => true,
    () => false,
  )
  const isReady = await Promise.race([answered, server.exited.then(() => false), sleep(10_000)])
  redis.disconnect()
  if (isReady === true) return
  await server.stop()
  throw new Error(`Redis did not start:\n${server.readLastLines().join('\n')}`)
}
