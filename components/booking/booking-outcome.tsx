'use client'

import { Button, styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameMoment, tellMoment } from '@/lib/i18n/moment'
import type { Placed, Refused } from './use-booking'

export type SheetWords = Messages['booking']['sheet'] &
  Pick<Messages['booking']['board'], 'soldOut'>
type Seating = { when: string; count: number }

export function Booked({
  placed,
  seating,
  timeZone,
  locale,
  words,
}: {
  placed: Placed
  seating: Seating
  timeZone: string
  locale: Locale
  words: SheetWords
}) {
  const href = `/reservations/${placed.id}`
  const { holdExpiresAt, awaitsStaff } = placed
  if (!holdExpiresAt)
    return (
      <StatusMessage
        tone="confirmed"
        title={fillIn(words.booked, seating)}
        actions={
          <PageLink href={href} locale={locale} className={styleButton({ isWide: true })}>
            {words.see}
          </PageLink>
        }
      >
        <p className="text-15 text-quiet">{words.bookedNext}</p>
      </StatusMessage>
    )
  return (
    <StatusMessage
      tone="waiting"
      title={fillIn(words.held, seating)}
      actions={
        <PageLink href={href} locale={locale} className={styleButton({ isWide: true })}>
          {awaitsStaff ? words.see : words.toConfirm}
        </PageLink>
      }
    >
      <p className="text-15">
        {fillIn(awaitsStaff ? words.awaitsStaff : words.heldNext, {
          until: nameMoment({ at: holdExpiresAt, timeZone, locale }),
        })}
      </p>
    </StatusMessage>
  )
}

/** Reasons after which another time of that day may still work. */
const TIME_IS_GONE = new Set([
  'sold-out',
  'slot-taken',
  'all-being-booked',
  'past-time',
  'no-such-time',
  'party-size',
])

/** Reasons that the diner's own list explains. */
const SEES_LIST = new Set(['already-booked', 'too-many-reservations', 'no-shows'])

const UNCONFIRMED = 'address-unconfirmed'

export function BookingRefused({
  refused,
  day,
  timeZone,
  asOf,
  isDayFull,
  freeTimes,
  onChoose,
  onAgain,
  onSignIn,
  onTurnAgain,
  onClose,
  locale,
  words,
}: {
  refused: Refused
  /** The name of the service date. */
  day: string
  timeZone: string
  /** The time of the board behind this message, to the second. */
  asOf: string
  /** True when not even a held table could become free for this party. */
  isDayFull: boolean
  /** At most three times that are still free. */
  freeTimes: FreeTime[]
  onChoose: (startsAt: string) => void
  onAgain: () => void
  onSignIn: () => void
  /** Undefined: turns are given on another page. */
  onTurnAgain: (() => void) | undefined
  onClose: () => void
  locale: Locale
  words: SheetWords
}) {
  const { reason, opensAt, lookAgainAt, openingId, overlapping } = refused
  // A hold may end tomorrow.
  const timeOf = (at: string) => nameMoment({ at, timeZone, locale })
  const isGone = TIME_IS_GONE.has(reason)
  if (reason === 'signed-out') return <SignedOut onSignIn={onSignIn} words={words} />
  if (reason === 'no-turn' && onTurnAgain) return <TurnOver onAgain={onTurnAgain} words={words} />
  const title =
    reason === 'sold-out' && isDayFull
      ? fillIn(words.soldOut, { day, time: asOf })
      : (refused.title ?? words.failed)
  return (
    <StatusMessage
      tone="refusal"
      title={title}
      actions={
        <>
          {isGone && <FreeTimes times={freeTimes} onChoose={onChoose} />}
          {overlapping && (
            <PageLink
              href={`/reservations/${overlapping.id}`}
              locale={locale}
              className={styleButton({ isWide: true })}
            >
              {words.overlapping}
            </PageLink>
          )}
          {SEES_LIST.has(reason) && (
            <PageLink
              href="/reservations"
              locale={locale}
              className={styleButton({ isWide: true })}
            >
              {words.myReservations}
            </PageLink>
          )}
          {openingId && (
            <PageLink
              href={`/openings/${openingId}`}
              locale={locale}
              className={styleButton({ isWide: true })}
            >
              {words.toOpening}
            </PageLink>
          )}
          {reason === UNCONFIRMED && (
            <PageLink href="/account" locale={locale} className={styleButton({ isWide: true })}>
              {words.toAccount}
            </PageLink>
          )}
          {reason === 'unexpected' && (
            <Button isWide onClick={onAgain}>
              {words.tryAgain}
            </Button>
          )}
          <Button tone="outline" isWide onClick={onClose}>
            {/* No other time is booked either, until the date that is told. */}
            {reason === 'no-shows' ? words.close : words.otherTime}
          </Button>
        </>
      }
    >
      {reason === UNCONFIRMED && <p className="text-15">{words.unconfirmedNext}</p>}
      {opensAt && (
        <p>{fillIn(words.opensAt, { at: tellMoment({ at: opensAt, timeZone, locale }) })}</p>
      )}
      {overlapping && (
        <p>
          {fillIn(words.overlapsAt, {
            at: nameMoment({ at: overlapping.startsAt, timeZone: overlapping.timeZone, locale }),
          })}
        </p>
      )}
      {lookAgainAt && <p>{fillIn(words.lookAgain, { time: timeOf(lookAgainAt) })}</p>}
      {isGone && freeTimes.length > 0 && (
        <p>{fillIn(words.stillFree, { times: listTimes({ times: freeTimes, and: words.and }) })}</p>
      )}
    </StatusMessage>
  )
}

/** The session ended elsewhere or expired while the sheet was open. */
function SignedOut({ onSignIn, words }: { onSignIn: () => void; words: SheetWords }) {
  return (
    <StatusMessage
      tone="waiting"
      title={words.signedOut}
      actions={
        <Button isWide onClick={onSignIn}>
          {words.signInAgain}
        </Button>
      }
    >
      <p className="text-15">{words.signedOutNext}</p>
    </StatusMessage>
  )
}

/** The turn's five minutes are over, but the diner's choice and texts are kept. */
function TurnOver({ onAgain, words }: { onAgain: () => void; words: SheetWords }) {
  return (
    <StatusMessage
      tone="waiting"
      title={words.turnOver}
      actions={
        <Button isWide onClick={onAgain}>
          {words.turnAgain}
        </Button>
      }
    >
      <p className="text-15">{words.turnOverNext}</p>
    </StatusMessage>
  )
}

type FreeTime = { startsAt: string; time: string }

/** '17:30, 18:30, 20:00', in English with its last joined by "and". */
function listTimes({ times, and }: { times: FreeTime[]; and: string }): string {
  const names = times.map(({ time }) => time)
  const last = names.pop() ?? ''
  return names.length > 0 ? `${names.join(', ')}${and}${last}` : last
}

function FreeTimes({
  times,
  onChoose,
}: {
  times: FreeTime[]
  onChoose: (startsAt: string) => void
}) {
  return (
    <div className="grid grid-cols-3 gap-2">
      {times.map(({ startsAt, time }) => (
        <Button key={startsAt} tone="outline" onClick={() => onChoose(startsAt)}>
          <span className="text-20 tabular-nums">{time}</span>
        </Button>
      ))}
    </div>
  )
}

export function OutcomeUnknown({
  onAgain,
  locale,
  words,
}: {
  onAgain: () => void
  locale: Locale
  words: SheetWords
}) {
  return (
    <StatusMessage
      tone="waiting"
      title={words.unknown}
      actions={
        <>
          <Button isWide onClick={onAgain}>
            {words.checkAgain}
          </Button>
          <PageLink
            href="/reservations"
            locale={locale}
            className={styleButton({ tone: 'outline', isWide: true })}
          >
            {words.myReservations}
          </PageLink>
        </>
      }
    >
      <p className="text-15">{words.unknownNext}</p>
    </StatusMessage>
  )
}
