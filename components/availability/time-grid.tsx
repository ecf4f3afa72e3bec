'use client'

import clsx from 'clsx'
import { Skeleton } from '@/components/ui/skeleton'
import { canBeBooked, type Offer, type OfferState } from '@/domain/availability/offer.rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate } from '@/lib/i18n/moment'

export type GridTime = Offer & { time: string; date: string }
type Words = Messages['booking']['board']

const cell =
  'flex min-h-18 w-full flex-col items-center justify-center rounded-small px-1 py-2 leading-tight'
/**
 * Shape and word carry the state: outlined is free, dashed is being booked (in ink while it can
 * still be had), filled is gone.
 */
const shapes: Record<OfferState, string> = {
  free: 'border-2 border-ink bg-raised text-ink hover:border-accent hover:bg-accent hover:text-on-accent',
  tried: 'border-2 border-dashed border-ink bg-raised text-ink hover:border-accent',
  held: 'border-2 border-dashed border-waiting text-waiting',
  full: 'bg-line text-quiet',
  misfit: 'border border-line text-quiet',
}

/** Where a reservation is and where it is to be, while it is changed. */
export type TimeMarks = {
  /** Null: on this date there is none. */
  chosen: string | null
  present: string
  words: { chosen: string; present: string }
}

const chosenShape = 'border-2 border-ink bg-ink text-paper'

export function TimeGrid({
  times,
  serviceDate,
  closedAs,
  canChoose,
  marks,
  onChoose,
  locale,
  words,
}: {
  times: GridTime[]
  /** A time on a later date shows it. */
  serviceDate: string
  /** The word on every time while none can be booked. Null: they can. */
  closedAs: string | null
  /** False until the page has a live reading. */
  canChoose: boolean
  /** Absent: a tap on a time goes on by itself. */
  marks?: TimeMarks | undefined
  onChoose: (startsAt: string) => void
  locale: Locale
  words: Words
}) {
  const wordOf = (offer: GridTime) => {
    if (closedAs !== null && offer.state !== 'misfit') return closedAs
    return offer.state === 'free' && offer.freeTables === 1 ? words.lastTable : words[offer.state]
  }
  return (
    <ul className="grid grid-cols-3 gap-2" aria-label={words.times}>
      {times.map((offer) => {
        const isPresent = marks?.present === offer.startsAt
        const isChosen = marks?.chosen === offer.startsAt
        const mark = isPresent ? marks.words.present : isChosen && marks.words.chosen
        const content = (
          <TimeCell
            offer={offer}
            isLater={offer.date !== serviceDate}
            word={mark || wordOf(offer)}
            locale={locale}
          />
        )
        return (
          <li key={offer.startsAt}>
            {(canBeBooked(offer) || isPresent) && closedAs === null ? (
              <button
                type="button"
                aria-disabled={!canChoose}
                aria-pressed={marks && isChosen}
                onClick={() => canChoose && onChoose(offer.startsAt)}
                className={clsx(
                  cell,
                  isChosen ? chosenShape : shapes[isPresent ? 'free' : offer.state],
                )}
              >
                {content}
              </button>
            ) : (
              <div className={clsx(cell, shapes[closedAs === null ? offer.state : 'misfit'])}>
                {content}
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function TimeCell({
  offer,
  isLater,
  word,
  locale,
}: {
  offer: GridTime
  isLater: boolean
  word: string
  locale: Locale
}) {
  return (
    <>
      <span className="text-20 font-semibold tabular-nums">{offer.time}</span>
      {isLater && (
        <span className="text-15 tabular-nums">{formatDate({ date: offer.date, locale })}</span>
      )}
      <span className="text-15">{word}</span>
    </>
  )
}

export function TimeGridSkeleton() {
  return (
    <div className="grid grid-cols-3 gap-2">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((name) => (
        <Skeleton key={name} className="h-18 w-full" />
      ))}
    </div>
  )
}
