/**
 * Replays an opening with so many diners: `npm run bench:opening`. What it does and its options stand
 * in docs/benchmarks.md.
 */
import { enter } from './entry.mjs'

await enter(async (progress) => {
  const { runOpening } = await import('../bench/replay/run.ts')
  return runOpening({ progress, args: process.argv.slice(2) })
})
