/**
 * Outlives the process that started it by a moment, and stops what that process left behind.
 *
 * Servers are started in process groups of their own, so that Ctrl-C reaches only the process that
 * knows the right order to stop them in. The price is that a SIGKILL of that process would orphan
 * them. The guard holds the reading end of a pipe: when the writer dies, however it died, the pipe
 * ends, and the guard stops every server that is still on its list, the youngest first.
 *
 * Wire: one JSON object a line. {"watch": pid, "signal": "SIGINT"} · {"forget": pid}
 */
import { spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'

/** @type {Map<number, NodeJS.Signals>} */
const watched = new Map()

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {})
}

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  const message = JSON.parse(line)
  if (message.watch) watched.set(message.watch, message.signal)
  if (message.forget) watched.delete(message.forget)
})
lines.on('close', async () => {
  for (const [pid, signal] of [...watched].reverse()) await stopGroup({ pid, signal })
  process.exit(0)
})

/** @param {{ pid: number, signal: NodeJS.Signals }} child */
async function stopGroup({ pid, signal }) {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/f', '/t'])
    return
  }
  trySignal(pid, signal)
  for (let waitedMs = 0; waitedMs < 5000 && trySignal(pid, 0); waitedMs += 50) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  trySignal(-pid, 'SIGKILL')
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals | 0} signal
 */
function trySignal(pid, signal) {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
