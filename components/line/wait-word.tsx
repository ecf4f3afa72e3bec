import { fillIn } from '@/components/ui/words'
import type { LineSnapshot } from '@/domain/line/schema'
import type { Quote } from '@/domain/line/types'
import type { Messages } from '@/lib/i18n/messages'

/** The expected wait as a range. Without history to estimate from, only an empty line is certain. */
export function WaitWord({
  quote,
  waiting,
  words,
}: {
  quote: Quote | null
  /** How many parties wait. */
  waiting: number
  words: Messages['line']['wait']
}) {
  if (!quote) return <span>{waiting === 0 ? words.now : words.none}</span>
  const { fromMinutes: from, toMinutes: to } = quote
  return <span className="tabular-nums">{fillIn(words.range, { from, to })}</span>
}

/** How often past estimates were right, so that guests can judge them. */
export function WaitRecord({
  record,
  words,
}: {
  record: LineSnapshot['record']
  words: Messages['line']['wait']
}) {
  if (!record) return null
  return (
    <p className="text-center text-15 text-quiet tabular-nums">{fillIn(words.record, record)}</p>
  )
}
