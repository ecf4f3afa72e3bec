import { fillIn } from '@/components/ui/words'
import type { LineSnapshot } from '@/domain/line/schema'
import type { Quote } from '@/domain/line/types'
import type { Messages } from '@/lib/i18n/messages'

/** How long it takes, as a range; an open word while there is no history to tell it from. */
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

/** How often such ranges held, so that one knows what they are worth. */
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
