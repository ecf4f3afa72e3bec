'use client'

import clsx from 'clsx'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { ChevronLeftIcon, ChevronRightIcon } from '@/components/ui/place-icons'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatShortDate, nameDayBriefly, readServiceDay } from '@/lib/i18n/moment'

type Words = Pick<Messages['booking']['board'], 'date' | 'earlierDates' | 'laterDates'>

/** The share of the strip that one press of an arrow scrolls, so that a known day stays in view. */
const ONE_PRESS = 0.8

/** Scrolls the strip, never the page, so that the chosen day is in its middle. */
function showChosen(strip: HTMLElement) {
  const day = strip.querySelector('label:has(:checked)')
  if (!day) return
  const { left, width } = day.getBoundingClientRect()
  const frame = strip.getBoundingClientRect()
  strip.scrollLeft += left + width / 2 - (frame.left + frame.width / 2)
}

/**
 * A strip of days, starting with the restaurant's today. The chosen one is always in view; where
 * there is no finger to swipe with, arrows scroll.
 */
export function DateChoice({
  dates,
  chosen,
  nowMs,
  timeZone,
  onChoose,
  locale,
  words,
}: {
  dates: string[]
  chosen: string
  /** By the database's clock. Undefined while only the page's own board is known. */
  nowMs: number | undefined
  timeZone: string
  onChoose: (date: string) => void
  locale: Locale
  words: Words
}) {
  const name = useId()
  const strip = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen day is read from the strip
  useEffect(() => {
    if (strip.current) showChosen(strip.current)
  }, [chosen])
  const scroll = (direction: 1 | -1) => {
    const { current } = strip
    current?.scrollBy({ left: direction * ONE_PRESS * current.clientWidth })
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-semibold">{words.date}</legend>
      <div className="flex items-center gap-1">
        <Arrow label={words.earlierDates} onPress={() => scroll(-1)}>
          <ChevronLeftIcon />
        </Arrow>
        <div
          ref={strip}
          className="-mx-4 flex min-w-0 grow gap-2 overflow-x-auto px-4 pt-0.5 pb-2 motion-safe:scroll-smooth md:mx-0 md:px-0.5"
        >
          {dates.map((date) => (
            <Day
              key={date}
              name={name}
              day={{ date, now: nowMs, timeZone, locale }}
              isChosen={date === chosen}
              onChoose={() => onChoose(date)}
            />
          ))}
        </div>
        <Arrow label={words.laterDates} onPress={() => scroll(1)}>
          <ChevronRightIcon />
        </Arrow>
      </div>
    </fieldset>
  )
}

function Day({
  name,
  day,
  isChosen,
  onChoose,
}: {
  name: string
  day: Parameters<typeof readServiceDay>[0]
  isChosen: boolean
  onChoose: () => void
}) {
  const { near, date: named } = readServiceDay(day)
  return (
    <label
      className={clsx(
        'relative flex min-h-16 min-w-15 shrink-0 cursor-pointer flex-col items-center justify-center rounded-small border px-1.5 tabular-nums',
        'has-focus-visible:outline-3 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
        isChosen
          ? 'border-ink bg-ink font-semibold text-paper'
          : 'border-line bg-raised hover:border-ink',
      )}
    >
      <input
        type="radio"
        name={name}
        value={day.date}
        checked={isChosen}
        onChange={onChoose}
        aria-label={near === null ? named : `${near}, ${named}`}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
      {/* Another name is another word, not one that moves. */}
      <span key={near} className="text-15">
        {nameDayBriefly(day)}
      </span>
      <span className="text-17">{formatShortDate(day)}</span>
    </label>
  )
}

/** Keyboards move through the days themselves, which scrolls too. */
function Arrow({
  label,
  onPress,
  children,
}: {
  label: string
  onPress: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onPress}
      className="grid size-12 shrink-0 place-items-center rounded-full text-quiet hover:bg-line/60 hover:text-ink max-md:hidden"
    >
      {children}
    </button>
  )
}
