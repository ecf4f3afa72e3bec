/** Lets many phones follow one line: `npm run bench:line`. Options: see docs/benchmarks.md. */
import { enter } from './entry.mjs'

await enter(async (progress) => {
  const { runLine } = await import('../bench/line/run.ts')
  return runLine({ progress, args: process.argv.slice(2) })
})
