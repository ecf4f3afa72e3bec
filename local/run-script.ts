import { startProcess } from './child-process'

/** Runs a script of ours with Node to its end. Throws its last lines when it fails. */
export async function runScript({
  args,
  env = {},
  onLine,
}: {
  args: string[]
  env?: Record<string, string>
  onLine?: (line: string) => void
}): Promise<void> {
  const script = await startProcess({
    name: args.join(' '),
    command: process.execPath,
    args,
    env: { ...process.env, ...env },
    onLine,
  })
  const { code } = await script.exited
  if (code === 0) return
  throw new Error(`${args.at(-1)} failed:\n${script.readLastLines().join('\n').trim()}`)
}
