import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const VERIFIER = path.resolve(import.meta.dirname, '../../public/verify-opening.mjs')

/** Runs the verifier alone in an empty folder, as a stranger would. */
export async function runVerifier({
  text,
  receipts = [],
  snapshots = [],
  withModule,
}: {
  text: string
  receipts?: string[]
  snapshots?: string[]
  /** Source that runs before the verifier, for a machine that lacks something. */
  withModule?: string
}): Promise<{ code: number; said: string; failed: string[] }> {
  const own = await mkdtemp(path.join(tmpdir(), 'bobjool-log-'))
  const put = async (name: string, content: string) => {
    await writeFile(path.join(own, name), content)
    return name
  }
  const imported =
    withModule === undefined
      ? []
      : ['--import', `data:text/javascript,${encodeURIComponent(withModule)}`]
  const args = [...imported, VERIFIER, await put('log.json', text)]
  for (const [at, each] of receipts.entries())
    args.push('--receipt', await put(`receipt-${at}.txt`, each))
  for (const [at, each] of snapshots.entries())
    args.push('--snapshot', await put(`snapshot-${at}.json`, each))
  const run = new Promise<{ code: number; said: string; failed: string[] }>((resolve) =>
    execFile(
      process.execPath,
      args,
      { cwd: own, env: { NODE_ENV: 'production' } },
      (error, stdout, stderr) => {
        const failed = [...stdout.matchAll(/^✗ {2}(\S+)/gm)].map(([, id]) => id ?? '')
        resolve({ code: Number(error?.code ?? 0), said: stdout + stderr, failed })
      },
    ),
  )
  return run.finally(() => rm(own, { recursive: true }))
}
