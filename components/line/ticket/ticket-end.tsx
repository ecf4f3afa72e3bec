import { StatusMessage, type Tone } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { TicketView } from '@/domain/line/schema'
import type { Locale } from '@/lib/i18n/locale'
import { nameTime } from '@/lib/i18n/moment'
import type { TicketWords } from './words'

/** A finished ticket: how it ended, by whom and why, and what the party can still do. */
export function TicketEnd({
  ticket,
  locale,
  words: { ticket: words },
}: {
  ticket: TicketView
  locale: Locale
  words: TicketWords
}) {
  const { number, cancelReason, cancelledBy } = ticket
  const reasonOf = words.reasonOf[cancelledBy === 'OWNER' ? 'OWNER' : 'ADMIN']
  const { tone, title, text } = describeEnd({ ticket, locale, words })
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
  ticket: { status, dining, lapsesAt, now, cancelledBy, restaurant },
  locale,
  words,
}: {
  ticket: TicketView
  locale: Locale
  words: TicketWords['ticket']
}): { tone: Tone; title: string; text?: string } {
  if (status === 'SEATED')
    return { tone: 'confirmed', title: dining === 'TAKEOUT' ? words.seatedTakeout : words.seated }
  if (status === 'CANCELLED')
    return {
      tone: cancelledBy === 'DINER' ? 'quiet' : 'refusal',
      title: words.cancelled[cancelledBy ?? 'SERVICE'],
    }
  const { timeZone } = restaurant
  const time = lapsesAt ? nameTime({ at: lapsesAt, now, timeZone, locale }) : ''
  return { tone: 'refusal', title: fillIn(words.lapsed, { time }), text: words.lapsedNext }
}
