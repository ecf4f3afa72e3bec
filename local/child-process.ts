import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { forgetChild, watchChild } from './guard-link'

const KEPT_LINES = 60
const PATIENCE_MS = 8000

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface RunningProcess {
  name: string
  pid: number
  exited: Promise<Exit>
  hasExited: () => boolean
  /** The newest lines it wrote, for the sentence that says why it failed. */
  readLastLines: () => string[]
  /** Asks first, kills after the grace period, and leaves no process of its group behind. */
  stop: () => Promise<void>
}

export interface ProcessPlan {
  name: string
  command: string
  args: string[]
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** Set when root runs a program that refuses to be root. */
  uid?: number
  gid?: number
  stopSignal?: NodeJS.Signals
  /** How long it may take to stop by itself; eight seconds by default. */
  patienceMs?: number
  /** Output goes to this file instead of into memory. */
  logPath?: string
  onLine?: (line: string) => void
}

/**
 * Starts a server in a process group of its own. A Ctrl-C in the terminal therefore reaches only
 * this process, which stops servers in order; the guard stops them if it dies without doing so.
 */
export async function startProcess(plan: ProcessPlan): Promise<RunningProcess> {
  const { stopSignal = 'SIGTERM', patienceMs = PATIENCE_MS } = plan
  const child = spawnDetached(plan)
  const kept: string[] = []
  keepLines({ child, kept, onLine: plan.onLine })
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  await waitForSpawn({ child, plan })
  const pid = child.pid ?? 0
  watchChild({ pid, signal: stopSignal })
  void exited.then(() => forgetChild(pid))
  const hasExited = () => child.exitCode !== null || child.signalCode !== null
  return {
    name: plan.name,
    pid,
    exited,
    hasExited,
    readLastLines: () => [...kept],
    stop: async () => {
      if (!hasExited()) await stopGently({ child, pid, stopSignal, exited, patienceMs })
      killGroup(pid)
    },
  }
}

function spawnDetached(plan: ProcessPlan): ChildProcess {
  const logFile = plan.logPath ? openSync(plan.logPath, 'a') : undefined
  const output = logFile ?? 'pipe'
  const options: SpawnOptions = {
    cwd: plan.cwd,
    env: plan.env ?? process.env,
    stdio: ['ignore', output, output],
    detached: process.platform !== 'win32',
    windowsHide: true,
    ...(plan.uid === undefined ? {} : { uid: plan.uid, gid: plan.gid }),
  }
  const child = spawn(plan.command, plan.args, options)
  if (logFile !== undefined) closeSync(logFile)
  return child
}

function waitForSpawn({ child, plan }: { child: ChildProcess; plan: ProcessPlan }): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (error) =>
      reject(new Error(`Could not start ${plan.name} (${plan.command}): ${error.message}`)),
    )
  })
}

interface LineKeeping {
  child: ChildProcess
  kept: string[]
  onLine: ((line: string) => void) | undefined
}

function keepLines({ child, kept, onLine }: LineKeeping): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = ''
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split(/\r?\n/)
      rest = lines.pop() ?? ''
      for (const line of lines) {
        kept.push(line)
        if (kept.length > KEPT_LINES) kept.shift()
        onLine?.(line)
      }
    })
  }
}

interface StopOrder {
  child: ChildProcess
  pid: number
  stopSignal: NodeJS.Signals
  exited: Promise<Exit>
  patienceMs: number
}

async function stopGently({
  child,
  pid,
  stopSignal,
  exited,
  patienceMs,
}: StopOrder): Promise<void> {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/f', '/t'])
  } else {
    child.kill(stopSignal)
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await exited
  clearTimeout(timer)
}

/**
 * A server's own children share its group; they are stopped too, even when the server died first.
 */
function killGroup(pid: number): void {
  if (process.platform === 'win32') return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // ESRCH: the group is empty, which is what we wanted.
  }
}
