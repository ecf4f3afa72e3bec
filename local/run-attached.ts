import { spawn } from 'node:child_process'
import { forgetChild, watchChild } from './guard-link'

/**
 * With our terminal, so Ctrl-C reaches the child directly; this process only waits for its cleanup.
 */
export function runAttached({
  node = process.execPath,
  args,
  env = {},
}: {
  /** Another version of Node than this one. */
  node?: string
  args: string[]
  env?: Record<string, string>
}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    const { pid } = child
    if (pid !== undefined) watchChild({ pid, signal: 'SIGTERM' })
    const passOn = () => child.kill('SIGTERM')
    const ignore = () => {}
    process.on('SIGTERM', passOn).on('SIGINT', ignore)
    child.once('error', reject)
    child.once('exit', (code) => {
      process.off('SIGTERM', passOn).off('SIGINT', ignore)
      if (pid !== undefined) forgetChild(pid)
      resolve(code ?? 1)
    })
  })
}
