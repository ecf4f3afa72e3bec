import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A PostgreSQL that outlived a crashed run still uses the folder, and a stale `postmaster.pid`
 * whose number now belongs to another process makes PostgreSQL refuse to start. The caller holds
 * the lock on the folder, so a server running in it belongs to no living run.
 */
export async function stopLeftover({ data }: { data: string }): Promise<void> {
  const pidFile = path.join(data, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (Number.isInteger(pid) && pid > 1 && isServerOf({ pid, data })) await stopServer(pid)
  rmSync(pidFile, { force: true })
}

/** Only a process whose command line names our folder is ours to stop. */
function isServerOf({ pid, data }: { pid: number; data: string }): boolean {
  if (process.platform === 'win32') return isAlive(pid)
  const listed = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  const seen = listed.error ? readCommandLine(pid) : listed.stdout
  return seen.includes(data)
}

/** Slim containers have no `ps`. */
function readCommandLine(pid: number): string {
  const file = `/proc/${pid}/cmdline`
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\0', ' ') : ''
}

async function stopServer(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal)
    for (let tries = 0; tries < 100; tries += 1) {
      if (!isAlive(pid)) return
      await sleep(50)
    }
  }
  throw new Error(`A PostgreSQL left over from an earlier run (process ${pid}) would not stop.`)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
