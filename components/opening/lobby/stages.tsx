'use client'

import type { ReactNode } from 'react'
import { styleButton } from '@/components/ui/button'
import { useServerNow } from '@/components/ui/client/use-server-now'
import { OrOutside } from '@/components/ui/outside-offer'
import { CalendarIcon } from '@/components/ui/place-icons'
import { Skeleton } from '@/components/ui/skeleton'
import { fillIn } from '@/components/ui/words'
import { findCohortEndMs, ROUND_AFTER_MS } from '@/domain/opening/cohort.rules'
import type { OwnTurn } from '@/domain/opening/lobby.rules'
import type { Opening, OpeningEntry } from '@/domain/opening/schema'
import { localisePath } from '@/lib/i18n/locale'
import { formatSeconds, formatTime } from '@/lib/i18n/moment'
import { formatNumber } from '@/lib/i18n/number'
import { Countdown, Hero, WaitLine } from './hero'
import { OpeningReminder } from './reminder-switch'
import { isNear, nameLength, nameTimes } from './times'
import type { Told } from './words'

type Stage = Told & { opening: Opening; timeZone: string }

/** Shown on a cached page before its script has a live reading, so it must be true at any time. */
export function FirstStage({ opening, timeZone, locale, words }: Stage) {
  const times = nameTimes({ opening, timeZone, locale })
  return (
    <>
      <Hero label={words.first.label} number={times.time} caption={times.when}>
        <span aria-hidden="true" className="my-1 block h-1 rounded-full bg-line" />
      </Hero>
      <div className="flex flex-col gap-5 noscript:hidden">
        <span className="sr-only">{words.first.checking}</span>
        <span aria-hidden="true" className="flex flex-col items-center gap-2 py-0.5">
          <Skeleton className="h-6 w-3/5" />
          <Skeleton className="h-5 w-4/5" />
        </span>
        <Skeleton className="h-16 w-full" />
      </div>
    </>
  )
}

export function AnnouncedStage({ opening, timeZone, locale, words }: Stage) {
  const times = nameTimes({ opening, timeZone, locale })
  const nowMs = useServerNow({ everyMs: 1_000 })
  const at = opening.lobbyOpensAt
  const isCounted = nowMs !== null && isNear({ at, nowMs })
  return (
    <>
      <Hero
        label={isCounted ? words.announced.label : words.announced.labelFar}
        number={isCounted ? <Countdown at={at} label={words.lobby.countdown} /> : times.time}
      >
        <span aria-hidden="true" className="my-1 block h-1 rounded-full bg-line" />
      </Hero>
      <div className="flex flex-col gap-1 text-center">
        <p className="font-medium text-balance tabular-nums">
          {fillIn(words.announced.caption, { lobby: times.lobby, opens: times.opensBriefly })}
        </p>
        <p className="text-15 text-balance text-quiet">{words.announced.next}</p>
      </div>
      <OpeningReminder opening={opening} timeZone={timeZone} locale={locale} words={words} />
      <OrOutside need="download" locale={locale} words={words.inApp}>
        {/* The target is a file, so this is a plain link that hands it to the calendar. */}
        <a
          href={localisePath({ path: `/openings/${opening.id}/calendar`, locale })}
          className={styleButton({ tone: 'outline', isWide: true })}
        >
          <CalendarIcon />
          {words.announced.calendar}
        </a>
      </OrOutside>
    </>
  )
}

export function LobbyStage({
  opening,
  timeZone,
  locale,
  words,
  children,
}: Stage & { children: ReactNode }) {
  const { lobby } = words
  const times = nameTimes({ opening, timeZone, locale })
  const { waiting, opensAt } = opening
  const nowMs = useServerNow({ everyMs: 1_000 })
  const isCounted = nowMs === null || isNear({ at: opensAt, nowMs })
  return (
    <>
      <Hero
        label={isCounted ? lobby.label : words.first.label}
        number={isCounted ? <Countdown at={opensAt} label={lobby.countdown} /> : times.time}
        caption={fillIn(lobby.caption, times)}
      >
        <WaitLine fromAt={opening.lobbyOpensAt} untilMs={Date.parse(opensAt)} />
      </Hero>
      <div className="flex flex-col gap-1 text-center">
        <p className="font-semibold text-balance tabular-nums">
          {waiting > 0
            ? fillIn(lobby.waiting, { count: formatNumber({ value: waiting, locale }) })
            : lobby.waitingNone}
        </p>
        <p className="text-15 text-balance text-quiet">
          {opening.orderBy === 'DRAW' ? fillIn(lobby.draw, times) : lobby.arrival}
        </p>
      </div>
      {children}
    </>
  )
}

export function DrawingStage({
  opening,
  timeZone,
  words,
  children,
}: Stage & { children: ReactNode }) {
  const { drawing } = words
  return (
    <>
      <Hero
        label={opening.orderBy === 'DRAW' ? drawing.labelDraw : drawing.labelArrival}
        number={formatTime({ at: opening.opensAt, timeZone })}
        caption={drawing.text}
      >
        <span
          aria-hidden="true"
          className="my-1 block h-1 animate-breathe rounded-full bg-accent"
        />
      </Hero>
      {children}
    </>
  )
}

/** The number of people ahead, in words that fit the way the order was made. */
function nameAhead({
  own,
  entry,
  opening,
  locale,
  words,
}: Pick<Stage, 'opening' | 'locale' | 'words'> & { own: OwnTurn; entry: OpeningEntry }): string {
  const count = formatNumber({ value: own.of, locale })
  const place = formatNumber({ value: own.ahead + 1, locale })
  if (opening.orderBy === 'ARRIVAL') return fillIn(words.turn.aheadNumber, { place })
  if (entry.inLobby) return fillIn(words.turn.ahead, { count, place })
  if (entry.number === null) return fillIn(words.turn.aheadCohort, { count, place })
  return fillIn(words.turn.aheadLate, {
    count,
    place: formatNumber({ value: entry.number, locale }),
  })
}

const SHOWN_CHANGE_MS = 1_000

/** The turn's time is known and lies ahead. */
export function WaitingStage({
  opening,
  entry,
  own,
  timeZone,
  locale,
  words,
  children,
}: Stage & { entry: OpeningEntry; own: OwnTurn; children: ReactNode }) {
  const { turn } = words
  const nowMs = useServerNow()
  const time = formatSeconds({ at: own.turnMs, timeZone })
  const isMoved = Math.abs(own.turnMs - own.promisedMs) >= SHOWN_CHANGE_MS
  return (
    <>
      <Hero
        label={turn.label}
        number={time}
        caption={
          nowMs !== null &&
          fillIn(turn.left, { length: nameLength({ lengthMs: own.turnMs - nowMs, words: turn }) })
        }
      >
        <WaitLine fromAt={opening.drawnAt ?? opening.opensAt} untilMs={own.turnMs} />
      </Hero>
      <div className="flex flex-col gap-1 text-center">
        <p className="font-semibold text-balance tabular-nums">{fillIn(turn.sentence, { time })}</p>
        <p className="text-15 text-balance text-quiet tabular-nums">
          {nameAhead({ own, entry, opening, locale, words })}
        </p>
        {isMoved && (
          <p className="text-15 text-balance text-quiet tabular-nums">
            {fillIn(turn.moved, { time: formatSeconds({ at: own.promisedMs, timeZone }) })}
          </p>
        )}
      </div>
      {children}
    </>
  )
}

/** Entered after the opening, and drawn with those who come in the same seconds. */
export function CohortStage({
  opening: { opensAt, late },
  entry,
  timeZone,
  words,
  children,
}: Stage & { entry: OpeningEntry; children: ReactNode }) {
  const { cohort } = words
  const endMs = findCohortEndMs({
    opensAt,
    cohort: entry.cohort ?? 1,
    cohortSeconds: late?.cohortSeconds ?? 0,
  })
  const time = formatSeconds({ at: endMs + ROUND_AFTER_MS, timeZone })
  return (
    <>
      <Hero
        label={cohort.label}
        number={time}
        caption={fillIn(cohort.text, { end: formatSeconds({ at: endMs, timeZone }) })}
      >
        <span
          aria-hidden="true"
          className="my-1 block h-1 animate-breathe rounded-full bg-accent"
        />
      </Hero>
      {children}
    </>
  )
}

function nameLateness({
  opening,
  late,
  count,
}: {
  opening: Opening
  late: Told['words']['late']
  count: string
}): string {
  if (opening.orderBy === 'ARRIVAL') return fillIn(late.textArrival, { count })
  if (opening.late === null) return fillIn(late.text, { count })
  return opening.late.directFrom === null ? fillIn(late.textCohort, { count }) : late.textDirect
}

/** The opening has begun, and the visitor has not entered. */
export function LateStage({
  opening,
  timeZone,
  locale,
  words,
  children,
}: Stage & { children: ReactNode }) {
  const { late } = words
  const time = formatTime({ at: opening.opensAt, timeZone })
  const count = formatNumber({ value: opening.waiting, locale })
  return (
    <>
      <div className="flex flex-col gap-2 text-center">
        <p className="text-28 leading-tight font-bold">{fillIn(late.label, { time })}</p>
        <p>{nameLateness({ opening, late, count })}</p>
        <p className="text-15 text-balance text-quiet">{late.note}</p>
      </div>
      {children}
      <p className="text-center text-15 text-quiet">{late.otherDevice}</p>
    </>
  )
}
