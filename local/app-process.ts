import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startProcess } from './child-process'

const READY_WITHIN_MS = 120_000

export interface AppProcess {
  /** Resolves with a sentence when it ends by itself. */
  failed: Promise<string>
  stop: () => Promise<void>
}

/**
 * Where the demo listens: on this machine alone, because its accounts have a public password, unless
 * `DEMO_HOST` names another address.
 */
export function readHost({ DEMO_HOST }: Record<string, string | undefined>): string {
  return DEMO_HOST || '127.0.0.1'
}

/** A name by which this machine reaches an address that it listens on. */
export function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** `next start`, or `next dev`; its output goes to app.log and, in development, to the terminal. */
export async function startApp({
  port,
  host,
  env,
  isDev,
  folder,
  say,
}: {
  port: number
  /** The address to listen on. */
  host: string
  env: Record<string, string>
  isDev: boolean
  folder: string
  say: (line: string) => void
}): Promise<AppProcess> {
  const logPath = path.join(folder, 'app.log')
  const log = createWriteStream(logPath)
  const server = await startProcess({
    name: 'Next',
    command: process.execPath,
    args: [
      ...['node_modules/next/dist/bin/next', isDev ? 'dev' : 'start'],
      ...['--port', String(port), '--hostname', host],
    ],
    env: {
      ...process.env,
      NODE_ENV: isDev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      ...env,
    },
    patienceMs: 4000,
    onLine: (line) => {
      log.write(`${line}\n`)
      if (isDev) say(line)
    },
  })
  const readEnd = () => server.readLastLines().slice(-15).join('\n')
  const failed = server.exited.then(
    () => `The application ended by itself. The end of ${logPath}:\n${readEnd()}`,
  )
  const url = `http://${reachable(host)}:${port}`
  const isReady = await Promise.race([waitForHealth(url), failed.then(() => false)])
  if (!isReady) {
    await server.stop()
    throw new Error(`The application did not start. The end of ${logPath}:\n${readEnd()}`)
  }
  return { failed, stop: server.stop }
}

async function waitForHealth(url: string): Promise<boolean> {
  const giveUpAt = performance.now() + READY_WITHIN_MS
  while (performance.now() < giveUpAt) {
    const isHealthy = await fetch(`${url}/api/health/live`).then(
      (response) => response.ok,
      () => false,
    )
    if (isHealthy) return true
    await sleep(100)
  }
  return false
}
