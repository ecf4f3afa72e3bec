/**
 * Proves that a backup brings the service back: `npm run drill:restore`. With `-- --spoil` something is
 * dropped after the restore, and the drill has to notice. See docs/guides/backup.md.
 */
import { enter } from './entry.mjs'

await enter(async (progress) => {
  const { drillRestore } = await import('./drill/course.ts')
  return drillRestore({ progress, isSpoiled: process.argv.includes('--spoil') })
})
