import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')

export interface Sender {
  /** Lets it begin to send. */
  begin: () => void
  /** SIGKILL, like a machine that loses power; resolves when the process is gone. */
  kill: () => Promise<void>
}

/** A worker in a process of its own on these stores; it waits for `begin`. */
export async function startSender(stores: {
  databaseUrl: string
  smtpUrl: string
}): Promise<Sender> {
  const file = path.join(import.meta.dirname, 'sender-process.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: stores.databaseUrl, SMTP_URL: stores.smtpUrl },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const isReady = await Promise.race([
    once(child.stdout, 'data').then(() => true),
    exited.then(() => false),
  ])
  if (!isReady) throw new Error('The sender ended before it was ready.')
  // The process may be killed during this write, which is no error.
  child.stdin.on('error', () => {})
  return {
    begin: () => child.stdin.write('begin\n'),
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}
