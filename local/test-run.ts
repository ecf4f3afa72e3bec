import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ensureBuild } from './build'
import type { Progress } from './progress.mjs'
import { runAttached } from './run-attached'
import { runScript } from './run-script'
import { ensureTestPrograms } from './test-programs'
import { readTally, TALLY_VARIABLE } from './test-tally'

interface TestPlan {
  progress: Progress
  /** Passed on to vitest. Without any, everything is validated, built and tested. */
  args: string[]
}

/**
 * The last line is always `N passed, N failed`. A part that could not be validated, built or loaded
 * counts as failed.
 */
export async function runTests({ progress, args }: TestPlan): Promise<number> {
  const isWhole = args.length === 0
  await ensureTestPrograms(progress)
  await progress.step('Generated code', () => runScript({ args: ['local/generate.mjs'] }))
  let failedBefore = 0
  if (isWhole) {
    const isValid = await runAttached({ args: ['local/validate.mjs'] })
    if (isValid !== 0) failedBefore += 1
    // Tests that need the build would each try, and fail, to make it.
    if (!(await tryBuild(progress)))
      return finish({ progress, passed: 0, failed: failedBefore + 1 })
  }
  const { passed, failed } = await runVitest(args)
  return finish({ progress, passed, failed: failed + failedBefore })
}

function finish({
  progress,
  passed,
  failed,
}: {
  progress: Progress
  passed: number
  failed: number
}): number {
  progress.say(`\n${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

async function tryBuild(progress: Progress): Promise<boolean> {
  try {
    await progress.step('Production build', (report) => ensureBuild({ report }))
    return true
  } catch (error) {
    progress.say(error instanceof Error ? error.message : String(error))
    return false
  }
}

async function runVitest(args: string[]): Promise<{ passed: number; failed: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bobjool-tally-'))
  const tallyFile = path.join(folder, 'tally.json')
  try {
    const exitCode = await runAttached({
      args: ['node_modules/vitest/vitest.mjs', 'run', ...args],
      env: { [TALLY_VARIABLE]: tallyFile },
    })
    const tally = readTally(tallyFile) ?? { passed: 0, failed: 1 }
    const hasHiddenFailure = exitCode !== 0 && tally.failed === 0
    return { ...tally, failed: tally.failed + (hasHiddenFailure ? 1 : 0) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
