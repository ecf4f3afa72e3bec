/**
 * A picture of every page in every state, at both sizes, in both languages, by day and by night:
 * `npm run screenshots`, or only some of them: `npm run screenshots -- day-board`.
 */
import path from 'node:path'
import { enter } from './entry.mjs'

await enter(async (progress) => {
  const { runTests } = await import('./test-run.ts')
  const folder = path.resolve('.local/screenshots')
  process.env.GALLERY_FOLDER = folder
  const [only] = process.argv.slice(2)
  const args = ['tests/e2e/gallery.test.ts', ...(only ? ['-t', only] : [])]
  const exitCode = await runTests({ progress, args })
  progress.say(`The pictures are in ${folder}.`)
  return exitCode
})
