import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { RunningProcess } from '@/local/child-process'

const PATIENCE_MS = 60_000

/** Waits until the server answers; it may first have to recover from a crash. */
export async function connectWhenReady({
  port,
  password,
  server,
  logPath,
}: {
  port: number
  password: string
  server: RunningProcess
  logPath: string
}): Promise<void> {
  const startedAt = Date.now()
  while (Date.now() - startedAt < PATIENCE_MS) {
    if (server.hasExited()) break
    const failure = await tryToConnect({ port, password })
    if (failure === null) return
    if (failure === 'wrong-password') break
    await sleep(40)
  }
  await server.stop()
  throw new Error(`PostgreSQL did not start. The end of ${logPath}:\n${readTail(logPath)}`)
}

async function tryToConnect({
  port,
  password,
}: {
  port: number
  password: string
}): Promise<null | 'not-yet' | 'wrong-password'> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return null
  } catch (error) {
    const isRefused = error instanceof Error && 'code' in error && error.code === '28P01'
    return isRefused ? 'wrong-password' : 'not-yet'
  } finally {
    await client.end()
  }
}

function readTail(logPath: string): string {
  if (!existsSync(logPath)) return '(no log)'
  return readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-12).join('\n')
}
