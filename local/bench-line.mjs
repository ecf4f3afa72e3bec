/**
 * Lets many phones follow one line: `npm run bench:line`. What it does and its options stand in
 * docs/benchmarks.md.
 */
import { enter } from './entry.mjs'

await enter(async (progress) => {
  const { runLine } = await import('../bench/line/run.ts')
  return runLine({ progress, args: process.argv.slice(2) })
})
