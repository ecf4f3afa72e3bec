import { fillIn } from '@/components/ui/words'
import type { Messages } from '@/lib/i18n/messages'

/** A length as people say it: '41분', '2시간', '2시간 41분'. */
export function nameLength({
  minutes: total,
  words,
}: {
  minutes: number
  words: Messages['owner']['length']
}): string {
  const [hours, minutes] = [Math.floor(total / 60), total % 60]
  if (hours === 0) return fillIn(words.minutes, { minutes })
  return fillIn(minutes === 0 ? words.hours : words.both, { hours, minutes })
}
