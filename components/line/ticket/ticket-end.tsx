import { StatusMessage, type Tone } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { TicketView } from '@/domain/line/schema'
import { formatTime } from '@/lib/i18n/moment'
import type { TicketWords } from './words'

/** A finished ticket: how it ended, by whom and why, and what the party can still do. */
export function TicketEnd({
  ticket,
  words: { ticket: words },
}: {
  ticket: TicketView
  words: TicketWords
}) {
  const { number, cancelReason, cancelledBy } = ticket
  const reasonOf = words.reasonOf[cancelledBy === 'OWNER' ? 'OWNER' : 'ADMIN']
  const { tone, title, text } = describeEnd({ ticket, words })
  return (
    <>
      <p className="text-center font-semibold text-quiet tabular-nums">
        {words.number} {fillIn(words.numberOf, { number })}
      </p>
      <StatusMessage tone={tone} title={title}>
        {cancelReason && (
          <p>
            <bdi>{fillIn(reasonOf, { reason: cancelReason })}</bdi>
          </p>
        )}
        {text && <p>{text}</p>}
      </StatusMessage>
    </>
  )
}

function describeEnd({
  ticket: { status, dining, lapsesAt, cancelledBy, restaurant },
  words,
}: {
  ticket: TicketView
  words: TicketWords['ticket']
}): { tone: Tone; title: string; text?: string } {
  if (status === 'SEATED')
    return { tone: 'confirmed', title: dining === 'TAKEOUT' ? words.seatedTakeout : words.seated }
  if (status === 'CANCELLED')
    return {
      tone: cancelledBy === 'DINER' ? 'quiet' : 'refusal',
      title: words.cancelled[cancelledBy ?? 'SERVICE'],
    }
  const time = lapsesAt ? formatTime({ at: lapsesAt, timeZone: restaurant.timeZone }) : ''
  return { tone: 'refusal', title: fillIn(words.lapsed, { time }), text: words.lapsedNext }
}
