import { fillIn } from '@/components/ui/words'
import type { LineSnapshot } from '@/domain/line/schema'
import type { Quote } from '@/domain/line/types'
import type { Messages } from '@/lib/i18n/messages'

/** The expected wait as a range; an open phrase while there is no history to estimate from. */
export function WaitWord({
  quote,
  words,
}: {
  quote: Quote | null
  words: Messages['line']['wait']
}) {
  if (!quote) return <span>{words.none}</span>
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
