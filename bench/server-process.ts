import { type RunningProcess, startProcess } from '@/local/child-process'

/** A script of ours that serves on a port of its own and prints `port <number>` when it does. */
export async function startServerProcess({
  name,
  script,
  args,
}: {
  name: string
  script: string
  args: string[]
}): Promise<{ port: number; pid: number; stop: () => Promise<void> }> {
  let tell = (_: number) => {}
  const told = new Promise<number>((resolve) => {
    tell = resolve
  })
  const server: RunningProcess = await startProcess({
    name,
    command: process.execPath,
    args: ['--import', 'tsx', script, ...args],
    onLine: (line) => {
      const port = /^port (\d+)/.exec(line)?.[1]
      if (port) tell(Number(port))
    },
  })
  const died = server.exited.then(() => {
    throw new Error(`${name} ended:\n${server.readLastLines().join('\n')}`)
  })
  const port = await Promise.race([told, died])
  died.catch(() => {})
  return { port, pid: server.pid, stop: server.stop }
}
