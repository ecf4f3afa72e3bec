import type { ReactNode } from 'react'
import type { LiveSnapshot } from '@/components/ui/client/use-snapshot'
import { CountedNumber } from '@/components/ui/counted-number'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { foreseeCall } from '@/domain/line/quote.rules'
import type { LineSnapshot, TicketView } from '@/domain/line/schema'
import { formatTime } from '@/lib/i18n/moment'
import { WaitRecord } from '../wait-word'
import { TicketQueue } from './ticket-queue'
import type { TicketWords } from './words'

/** From this place on, the party should come to the door. */
const NEAR_PLACE = 3

/** While waiting: the place, readable at arm's length, and how it is made up. */
export function TicketPlace({
  ticket,
  isLinked,
  live: { snapshot: line },
  words: { ticket: words, wait },
}: {
  ticket: TicketView
  /** The ticket has no account, so the party may be unreachable. */
  isLinked: boolean
  live: LiveSnapshot<LineSnapshot>
  words: TicketWords
}) {
  const { number } = ticket
  const foreseen = nameForeseen(ticket)
  const place = ticket.place ?? 1
  // The place itself is larger than the words around it.
  const [before = '', after = ''] = fillIn(words.placeOf, { place: '|' }).split('|')
  return (
    <>
      <div className="flex flex-col items-center gap-1 text-center">
        <p className="font-semibold text-quiet">
          {words.number}{' '}
          <span className="text-ink tabular-nums">{fillIn(words.numberOf, { number })}</span>
        </p>
        <p className="flex items-baseline gap-2 leading-tight font-bold">
          <span className="sr-only">{words.place}</span>
          <span className="text-28 empty:hidden">{before.trim()}</span>
          <span className="text-72 text-accent">
            <CountedNumber value={place} />
          </span>
          <span className="text-28 empty:hidden">{after}</span>
        </p>
        <p className="text-20 font-semibold tabular-nums">
          {place === 1 ? words.aheadNone : fillIn(words.ahead, { count: place - 1 })}
        </p>
      </div>
      {line && <TicketQueue tickets={line.tickets} number={number} words={words} />}
      <dl className="grid grid-cols-2 divide-x divide-line border-y border-line text-center">
        <Figure name={words.serving}>
          {line && line.serving === null && words.servingNone}
          {line && line.serving !== null && fillIn(words.numberOf, { number: line.serving })}
          {!line && '–'}
        </Figure>
        <Figure name={wait.callAt}>{foreseen ? fillIn(wait.between, foreseen) : wait.none}</Figure>
      </dl>
      {foreseen && <WaitRecord record={line?.record ?? null} words={wait} />}
      <StatusMessage
        tone={place <= NEAR_PLACE ? 'waiting' : 'quiet'}
        title={sayNext({ ticket, isLinked, place, words })}
      />
    </>
  )
}

/** Clock times, which stay true while the party waits. */
function nameForeseen(ticket: TicketView) {
  const foreseen = foreseeCall(ticket)
  const { timeZone } = ticket.restaurant
  return (
    foreseen && {
      from: formatTime({ at: foreseen.fromMs, timeZone }),
      to: formatTime({ at: foreseen.toMs, timeZone }),
    }
  )
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-0.5 px-2 py-3">
      <dt className="text-15 text-quiet">{name}</dt>
      <dd className="font-semibold tabular-nums">{children}</dd>
    </div>
  )
}

function sayNext({
  ticket: { dining },
  isLinked,
  place,
  words: { next },
}: {
  ticket: TicketView
  isLinked: boolean
  place: number
  words: TicketWords['ticket']
}): string {
  if (place > NEAR_PLACE) return isLinked ? next.farNoMail : next.far
  if (dining === 'TAKEOUT') return next.takeout
  return place === 1 ? next.first : next.near
}
