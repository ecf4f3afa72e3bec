/**
 * A picture of every page in every state, at both sizes, in both languages, by day and by night:
 * `npm run screenshots`, or only some of them: `npm run screenshots -- day-board`, and of those only
 * some looks: `npm run screenshots -- day-board 390-ko`. `npm run screenshots -- --readme` takes the
 * few of the README anew.
 */
import path from 'node:path'
import { enter } from './entry.mjs'

await enter(async (progress) => {
  const { runTests } = await import('./test-run.ts')
  const isForReadme = process.argv[2] === '--readme'
  const folder = path.resolve(isForReadme ? 'docs/pictures' : '.local/screenshots')
  process.env[isForReadme ? 'GALLERY_README' : 'GALLERY_FOLDER'] = folder
  const [only, look] = isForReadme ? ['a picture for the README'] : process.argv.slice(2)
  if (look) process.env.GALLERY_LOOK = look
  const args = ['tests/e2e/gallery.test.ts', ...(only ? ['-t', only] : [])]
  const exitCode = await runTests({ progress, args })
  progress.say(`The pictures are in ${folder}.`)
  return exitCode
})
