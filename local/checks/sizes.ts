import type { Finding } from './tree'

const refusedFrom = 400
const watchedFrom = 250
/** One file, because a stranger who checks an opening downloads one and reads all of it. */
const whole = 'public/verify-opening.mjs'
/** Migrations are exempt: an applied migration can no longer be split. */
const code = /\.(tsx?|mjs|css|prisma)$/

/** Sizes are a symptom, watched and not worshipped: long files are shown, huge ones refused. */
export function checkSize({ file, source }: { file: string; source: string }): Finding[] {
  const lines = source.replace(/\n$/, '').split('\n').length
  if (!code.test(file) || file === whole || lines <= watchedFrom) return []
  const isRefused = lines > refusedFrom
  const limit = isRefused ? refusedFrom : watchedFrom
  const message = `${lines} lines, over ${limit}: split it by noun`
  return [{ file, message, severity: isRefused ? 'error' : 'warning' }]
}
