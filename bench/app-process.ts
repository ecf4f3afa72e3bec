import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RunningProcess, startProcess } from '@/local/child-process'
import { findFreePort } from '@/local/free-port'

const NEXT = path.resolve(import.meta.dirname, '../node_modules/next/dist/bin/next')
const READY_WITHIN_MS = 60_000

export interface AppProcess {
  url: string
  pid: number
  stop: () => Promise<void>
}

/** One production process of the build in `folder`, on a port of its own. */
export async function startAppProcess({
  folder,
  env,
  nodeFlags = [],
}: {
  folder: string
  env: Record<string, string>
  nodeFlags?: string[]
}): Promise<AppProcess> {
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const server = await startProcess({
    name: `the application on ${port}`,
    command: process.execPath,
    args: [...nodeFlags, NEXT, 'start', '--port', String(port), '--hostname', '127.0.0.1'],
    cwd: folder,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      LOG_LEVEL: 'error',
      APP_URL: url,
      ...env,
    },
  })
  await waitUntilReady({ url, server })
  return { url, pid: server.pid, stop: server.stop }
}

async function waitUntilReady({
  url,
  server,
}: {
  url: string
  server: RunningProcess
}): Promise<void> {
  const giveUpAtMs = performance.now() + READY_WITHIN_MS
  while (performance.now() < giveUpAtMs && !server.hasExited()) {
    const isLive = await fetch(`${url}/api/health/live`).then(
      (response) => response.ok,
      () => false,
    )
    if (isLive) return
    await sleep(100)
  }
  await server.stop()
  throw new Error(`The application did not start:\n${server.readLastLines().join('\n')}`)
}
