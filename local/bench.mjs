/**
 * Measures our routes against baselines of the same build: `npm run bench`. See docs/benchmarks.md.
 */
import { enter } from './entry.mjs'

await enter(async (progress) => {
  const { runBench } = await import('../bench/run.ts')
  return runBench({ progress, args: process.argv.slice(2) })
})
