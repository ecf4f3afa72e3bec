/**
 * Checks a release for what takes too long for every commit: `npm run test:release`. With arguments
 * only the named parts: `npm run test:release -- node-24 lighthouse`.
 */
import { enter } from './entry.mjs'

await enter(async (progress) => {
  const { runRelease } = await import('./release-run.ts')
  return runRelease({ progress, names: process.argv.slice(2) })
})
