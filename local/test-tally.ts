import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'
import { z } from 'zod'

/** Names the file into which a run writes its tally. */
export const TALLY_VARIABLE = 'BOBJOOL_TALLY_FILE'

const tallySchema = z.object({ passed: z.number(), failed: z.number() })
export type Tally = z.infer<typeof tallySchema>

/** Null when the run ended before it could count. */
export function readTally(file: string): Tally | null {
  if (!existsSync(file)) return null
  return tallySchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/**
 * A vitest reporter that counts. A file that can't be loaded counts as a failure, and so does an
 * error outside of every test.
 */
export class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const file = process.env[TALLY_VARIABLE]
    if (!file) return
    const tally: Tally = { passed: 0, failed: unhandledErrors.length }
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state)
      const failed = states.filter((state) => state === 'failed').length
      const hasOwnFailure = failed === 0 && module.state() === 'failed'
      tally.passed += states.filter((state) => state === 'passed').length
      tally.failed += failed + (hasOwnFailure ? 1 : 0)
    }
    writeFileSync(file, JSON.stringify(tally))
  }
}
