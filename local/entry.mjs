import process from 'node:process'
import { ensurePackages, ROOT, requireNode } from './install.mjs'
import { makeProgress } from './progress.mjs'

/**
 * Brings a fresh clone to the point where TypeScript runs, then hands over. Whatever stops it is
 * said in one sentence; the trace of a known failure helps nobody and is shown with DEBUG only.
 *
 * @param {(progress: ReturnType<typeof makeProgress>) => Promise<number>} run gives the exit code
 */
export async function enter(run) {
  process.chdir(ROOT)
  const progress = makeProgress()
  try {
    requireNode()
    await ensurePackages(progress)
    const { register } = await import('tsx/esm/api')
    register()
    process.exit(await run(progress))
  } catch (error) {
    const isBug = error instanceof TypeError || error instanceof ReferenceError
    const text = isBug || process.env.DEBUG ? error.stack : error.message
    process.stderr.write(`\n${text}\n`)
    process.exit(1)
  }
}
