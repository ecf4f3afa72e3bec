'use client'

import { useServerNow } from '@/components/ui/client/use-server-now'
import { fillIn } from '@/components/ui/words'
import type { TicketView } from '@/domain/line/schema'
import type { Locale } from '@/lib/i18n/locale'
import { formatLength, nameTime } from '@/lib/i18n/moment'
import type { TicketWords } from './words'

/** Called: the party should come in; with a last call, until when. */
export function TicketTurn({
  ticket,
  locale,
  words: { ticket: words },
}: {
  ticket: TicketView
  locale: Locale
  words: TicketWords
}) {
  const { number, dining, lapsesAt, restaurant } = ticket
  const isLast = ticket.status === 'LAST_CALLED' && lapsesAt !== null
  const { timeZone } = restaurant
  const text = dining === 'TAKEOUT' ? words.calledTakeout : words.calledText
  const until = isLast ? nameTime({ at: lapsesAt, now: ticket.now, timeZone, locale }) : null
  return (
    <div className="flex flex-col items-center gap-3 text-center">
      <p className="text-28 leading-tight font-bold text-accent">
        {until ? fillIn(words.lastCalled, { time: until }) : words.called}
      </p>
      <p className="text-72 leading-tight font-bold tabular-nums">
        {fillIn(words.numberOf, { number })}
      </p>
      {isLast && <LapsingTime lapsesAt={lapsesAt} words={words} />}
      <p className="font-semibold">{fillIn(isLast ? words.lastCalledText : text, { number })}</p>
      <p className="text-quiet">{isLast ? words.lastCalledLate : words.calledNext}</p>
    </div>
  )
}

/** Counts by the server's clock and is visual only, since the text states the deadline. */
function LapsingTime({ lapsesAt, words }: { lapsesAt: string; words: TicketWords['ticket'] }) {
  const nowMs = useServerNow()
  const leftMs = nowMs === null ? null : Date.parse(lapsesAt) - nowMs
  if (leftMs !== null && leftMs <= 0)
    return <p className="text-20 font-semibold text-waiting">{words.lastCalledOver}</p>
  return (
    <p aria-hidden="true" className="flex items-baseline gap-2">
      <span className="text-15 text-quiet">{words.lastCalledLeft}</span>
      <span className="text-44 leading-tight font-bold tabular-nums">
        {leftMs === null ? '--:--' : formatLength(leftMs).slice(3)}
      </span>
    </p>
  )
}
