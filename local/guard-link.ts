import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import path from 'node:path'

let guard: ChildProcess | undefined

/** From now on the guard stops this process if we die before we could. */
export function watchChild({ pid, signal }: { pid: number; signal: NodeJS.Signals }): void {
  guard ??= startGuard()
  tellGuard({ watch: pid, signal })
}

export function forgetChild(pid: number): void {
  tellGuard({ forget: pid })
}

function startGuard(): ChildProcess {
  const script = path.join(import.meta.dirname, 'guard.mjs')
  const started = spawn(process.execPath, [script], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
  })
  // Neither the guard nor its pipe may keep this process alive.
  started.unref()
  if (started.stdin && 'unref' in started.stdin && typeof started.stdin.unref === 'function') {
    started.stdin.unref()
  }
  started.stdin?.on('error', () => {})
  return started
}

function tellGuard(message: object): void {
  guard?.stdin?.write(`${JSON.stringify(message)}\n`)
}
