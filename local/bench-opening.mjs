/**
 * Replays an opening with many diners: `npm run bench:opening`. Options: see docs/benchmarks.md.
 */
import { enter } from './entry.mjs'

await enter(async (progress) => {
  const { runOpening } = await import('../bench/replay/run.ts')
  return runOpening({ progress, args: process.argv.slice(2) })
})
