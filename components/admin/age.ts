import { fillIn } from '@/components/ui/words'
import type { Messages } from '@/lib/i18n/messages'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** The age in a single unit. */
export function nameAge({
  at,
  asOf,
  words,
}: {
  at: string
  asOf: string
  words: Messages['admin']['age']
}): string {
  const minutes = Math.floor((Date.parse(asOf) - Date.parse(at)) / MINUTE_MS)
  if (minutes < 1) return words.now
  if (minutes < 120) return fillIn(words.minutes, { count: minutes })
  if (minutes < 2 * DAY_MINUTES) return fillIn(words.hours, { count: Math.floor(minutes / 60) })
  return fillIn(words.days, { count: Math.floor(minutes / DAY_MINUTES) })
}
