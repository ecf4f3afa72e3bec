'use client'

import { styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { offerTimes } from '@/domain/availability/offer.rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatTime, nameServiceDay, nameTime, readLocalDate } from '@/lib/i18n/moment'
import { BoardNotice } from './board-notice'
import { OpeningCountdown } from './opening-countdown'
import { TimeGrid, TimeGridSkeleton, type TimeMarks } from './time-grid'
import type { LiveBoard } from './use-board'

type Words = Messages['booking']['board']

/** One service date for one party size: the notice, the times, and how fresh they are. */
export function BoardTimes({
  live,
  date,
  partySize,
  isOnlyToday,
  gate = 'on-its-page',
  marks,
  onChoose,
  locale,
  words,
}: {
  live: LiveBoard
  date: string
  partySize: number
  isOnlyToday: boolean
  /**
   * The state of the gate: turns are given on the opening's own page, the diner has a turn
   * (`open`), or the diner's turn is over and the board says so (`shut`).
   */
  gate?: 'on-its-page' | 'open' | 'shut'
  /** Of a reservation that is changed. */
  marks?: TimeMarks
  onChoose: (startsAt: string) => void
  locale: Locale
  words: Words
}) {
  const { board, nowMs } = live
  if (!board)
    return (
      <LiveArea className="flex flex-col gap-3">
        {live.isUnreachable ? (
          <StatusMessage tone="waiting" title={words.unreachable} />
        ) : (
          <p className="text-15 text-quiet">{words.loading}</p>
        )}
        <TimeGridSkeleton />
      </LiveArea>
    )
  const offers = offerTimes({ times: board.times, partySize })
  const isBeforeOpening = board.state === 'NOT_OPEN_YET'
  const isGated = board.state === 'OPEN' && board.openingId !== null && gate !== 'open'
  const isShown = board.state !== 'BOOKINGS_OFF' && offers.length > 0
  const { timeZone, serviceDate } = board
  const asOf = nameTime({ at: live.asOfMs, now: nowMs, timeZone, locale, toSecond: true })
  return (
    <div className="flex flex-col gap-4">
      {isBeforeOpening && board.opensAt && (
        <OpeningCountdown
          opensAt={board.opensAt}
          openingId={board.openingId}
          timeZone={timeZone}
          askNow={live.askNow}
          locale={locale}
          words={words}
        />
      )}
      <LiveArea className="empty:hidden">
        <BoardNotice
          state={board.state}
          offers={offers}
          partySize={partySize}
          day={nameServiceDay({ date, now: nowMs, timeZone, locale })}
          asOf={asOf}
          isOnlyToday={isOnlyToday}
          words={words}
        />
      </LiveArea>
      {isGated && gate === 'on-its-page' && (
        <GateNotice openingId={board.openingId} locale={locale} words={words} />
      )}
      {isShown && (
        // Two rows high, as while it loads: an evening with few times left moves nothing below.
        <div className="min-h-38">
          <TimeGrid
            times={offers.map((offer) => ({
              ...offer,
              time: formatTime({ at: offer.startsAt, timeZone }),
              date: readLocalDate({ at: offer.startsAt, timeZone }),
            }))}
            serviceDate={serviceDate}
            closedAs={nameClosed({ isBeforeOpening, isGated, words })}
            canChoose={live.state !== 'first'}
            marks={marks}
            onChoose={onChoose}
            locale={locale}
            words={words}
          />
        </div>
      )}
      {isShown && !isBeforeOpening && offers.some((offer) => offer.state === 'tried') && (
        <p className="text-15 text-quiet">{words.triedHint}</p>
      )}
      <Freshness state={live.state} asOf={asOf} words={words} />
    </div>
  )
}

function nameClosed({
  isBeforeOpening,
  isGated,
  words,
}: {
  isBeforeOpening: boolean
  isGated: boolean
  words: Words
}): string | null {
  if (isBeforeOpening) return words.notYet
  return isGated ? words.inTurn : null
}

/** Links to the opening's own page, where turns are given. */
function GateNotice({
  openingId,
  locale,
  words,
}: {
  openingId: string | null
  locale: Locale
  words: Words
}) {
  return (
    <StatusMessage
      tone="waiting"
      title={words.gated}
      actions={
        <PageLink
          href={`/openings/${openingId}`}
          locale={locale}
          className={styleButton({ isWide: true })}
        >
          {words.toTurn}
        </PageLink>
      }
    >
      <p className="text-15">{words.gatedNext}</p>
    </StatusMessage>
  )
}

/** Says whether the board is live, and otherwise from when it is. */
function Freshness({
  state,
  asOf,
  words,
}: {
  state: LiveBoard['state']
  asOf: string
  words: Words
}) {
  return (
    <>
      <LiveArea className="empty:hidden">
        {state === 'old' && (
          <StatusMessage
            tone="waiting"
            title={<span aria-hidden="true">{fillIn(words.asOf, { time: asOf })}</span>}
          >
            <p className="text-15">{words.old}</p>
          </StatusMessage>
        )}
      </LiveArea>
      {state !== 'old' && (
        <p className="flex min-h-6 items-center justify-end gap-2 text-15 text-quiet tabular-nums">
          {state === 'live' ? (
            <>
              <span aria-hidden="true" className="size-2 rounded-full bg-confirmed" />
              {words.live}
            </>
          ) : (
            fillIn(words.asOf, { time: asOf })
          )}
        </p>
      )}
    </>
  )
}
