'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import { findBookingOfTurn } from '@/domain/proof/rules'
import type { GivenTurn, ProofSummary, SlotTaken } from '@/domain/proof/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatSeconds, nameTimeOn } from '@/lib/i18n/moment'
import { FactSection } from './fact-list'
import type { Verified } from './use-verifier'

type Words = Messages['proof']['rows']
const PAGE_ROWS = 20

function Row({
  turn,
  booking,
  slots,
  isOwn,
  date,
  timeZone,
  locale,
  words,
}: {
  turn: GivenTurn
  booking: SlotTaken | undefined
  slots: ProofSummary['slots']
  isOwn: boolean
  /** The service date, which the page names. */
  date: string
  timeZone: string
  locale: Locale
  words: Words
}) {
  const time = (at: string) => formatSeconds({ at, timeZone })
  const slot = booking && slots.find(({ id }) => id === booking.slot)
  return (
    <tr className={isOwn ? 'bg-accent/10 font-semibold' : ''}>
      <th scope="row" className="py-2 pr-3 pl-4 text-left align-top font-medium whitespace-nowrap">
        <code>{turn.entry.slice(0, 6)}</code>
        {isOwn && <span className="block text-15">{words.mine}</span>}
      </th>
      <td className="py-2 pr-3 align-top whitespace-nowrap">
        {turn.dueAt ? time(turn.dueAt) : words.unknown}
      </td>
      <td className="py-2 pr-3 align-top whitespace-nowrap">{time(turn.givenAt)}</td>
      <td className="py-2 pr-4 align-top whitespace-nowrap">
        {booking ? time(booking.takenAt) : <span className="text-quiet">{words.none}</span>}
        {slot && (
          <span className="block text-15 text-quiet">
            {fillIn(words.table, {
              time: nameTimeOn({ at: slot.startsAt, date, timeZone, locale }),
              table: slot.tableNumber,
            })}
          </span>
        )}
        {booking?.releasedAt && <span className="block text-15 text-quiet">{words.released}</span>}
      </td>
    </tr>
  )
}

function Pager({
  page,
  count,
  turnTo,
  words,
}: {
  page: number
  count: number
  turnTo: (page: number) => void
  words: Words
}) {
  const from = page * PAGE_ROWS
  return (
    <div className="flex items-center gap-3">
      <Button tone="outline" disabled={page === 0} onClick={() => turnTo(page - 1)}>
        {words.previous}
      </Button>
      <p role="status" className="text-15 text-quiet tabular-nums">
        {fillIn(words.range, { from: from + 1, to: Math.min(count, from + PAGE_ROWS), all: count })}
      </p>
      <Button tone="outline" disabled={from + PAGE_ROWS >= count} onClick={() => turnTo(page + 1)}>
        {words.next}
      </Button>
    </div>
  )
}

/** Turns in the order they were given, with their bookings: the first ones, or all page by page. */
export function ProofRows({
  summary,
  log,
  own,
  timeZone,
  locale,
  words,
}: {
  summary: ProofSummary
  /** The whole log, once downloaded. */
  log: Verified | null
  /** The visitor's own entry, if known. */
  own: string | null
  timeZone: string
  locale: Locale
  words: Words
}) {
  const [page, setPage] = useState(0)
  const { counts } = summary
  const { turns, bookings, slots } = log ?? summary
  const shown = turns.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS)
  const { gateUntil, serviceDate } = summary.facts.announcement
  return (
    <FactSection id="rows" title={words.title}>
      <p className="text-quiet">{words.lead}</p>
      <p className="font-semibold tabular-nums">{fillIn(words.summary, counts)}</p>
      {turns.length === 0 ? (
        <p className="text-quiet">{words.empty}</p>
      ) : (
        <section
          aria-label={fillIn(words.summary, counts)}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
          tabIndex={0}
          className="overflow-x-auto rounded-card border border-line bg-raised"
        >
          <table className="w-full text-15 tabular-nums md:text-17">
            <thead>
              <tr className="border-b border-line text-left text-15 text-quiet">
                {[words.entry, words.due, words.given, words.booked].map((name) => (
                  <th key={name} scope="col" className="py-2 pr-3 font-medium first:pl-4">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {shown.map((turn) => (
                <Row
                  key={turn.entry}
                  turn={turn}
                  slots={slots}
                  date={serviceDate}
                  timeZone={timeZone}
                  locale={locale}
                  words={words}
                  booking={findBookingOfTurn({ turn, bookings, gateUntil })}
                  isOwn={turn.entry === own}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {log && turns.length > PAGE_ROWS && (
        <Pager page={page} count={turns.length} turnTo={setPage} words={words} />
      )}
      {!log && counts.turns > turns.length && (
        <p className="text-15 text-quiet">{fillIn(words.more, { shown: turns.length })}</p>
      )}
    </FactSection>
  )
}
