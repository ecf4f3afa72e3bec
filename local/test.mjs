/**
 * Validates, builds and tests everything, on a fresh clone: `npm test`. With arguments only the
 * named tests: `npm test -- tests/concurrency -t G1`.
 */
import { enter } from './entry.mjs'

await enter(async (progress) => {
  const { runTests } = await import('./test-run.ts')
  return runTests({ progress, args: process.argv.slice(2) })
})
