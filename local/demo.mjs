/**
 * The whole product on this machine: `npm run demo`, or `npm run dev` with hot reloading.
 * `--fresh` starts over with new data. PORT chooses another port than 3000, DEMO_HOST another
 * address to listen on than this machine's own (0.0.0.0: all of them).
 */
import { enter } from './entry.mjs'

const KNOWN = ['--fresh', '--dev', '--help']

await enter(async (progress) => {
  const args = process.argv.slice(2)
  const unknown = args.filter((arg) => !KNOWN.includes(arg))
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown[0]}. There are: ${KNOWN.join(' ')}.`)
  if (args.includes('--help')) {
    progress.say('npm run demo [-- --fresh] · npm run dev [-- --fresh] · PORT=3001 npm run demo')
    return 0
  }
  const { runDemo } = await import('./demo-run.ts')
  return runDemo({ progress, isFresh: args.includes('--fresh'), isDev: args.includes('--dev') })
})
