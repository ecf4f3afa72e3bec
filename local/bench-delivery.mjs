/**
 * Measures the delivery of notices against nodemailer alone: `npm run bench:delivery`. See
 * docs/benchmarks.md.
 */
import { enter } from './entry.mjs'

await enter(async (progress) => {
  // As deployed: in development, React keeps a record of every element it writes.
  process.env.NODE_ENV = 'production'
  const { runDelivery } = await import('../bench/delivery/run.ts')
  return runDelivery({ progress, args: process.argv.slice(2) })
})
