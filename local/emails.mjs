/**
 * Every mail with sample data, in both languages: `npm run emails` shows them on a page of this
 * machine; `npm run emails -- --pictures` takes a picture of each, by day and by night.
 */
import { randomBytes } from 'node:crypto'
import { enter } from './entry.mjs'

await enter(async (progress) => {
  process.env.DATABASE_URL ??= 'postgresql://nobody@127.0.0.1:1/none'
  // Its links are only looked at.
  process.env.AUTH_SECRET ??= randomBytes(32).toString('base64url')
  const { serveMails, takePictures } = await import('./mail-preview.ts')
  return process.argv.includes('--pictures') ? takePictures(progress) : serveMails(progress)
})
