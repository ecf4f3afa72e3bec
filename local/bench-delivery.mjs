/**
 * Measures the delivery of notices against nodemailer alone: `npm run bench:delivery`. What it
 * compares stands in docs/benchmarks.md.
 */
import { enter } from './entry.mjs'

await enter(async (progress) => {
  const { runDelivery } = await import('../bench/delivery/run.ts')
  return runDelivery({ progress, args: process.argv.slice(2) })
})
