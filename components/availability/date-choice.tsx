'use client'

import clsx from 'clsx'
import { useId } from 'react'
import type { Locale } from '@/lib/i18n/locale'
import { formatShortDate, nameDayBriefly, readServiceDay } from '@/lib/i18n/moment'

/** A strip of days, starting with the restaurant's today. */
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
  /** By the database's clock. */
  nowMs: number
  timeZone: string
  onChoose: (date: string) => void
  locale: Locale
  words: { date: string }
}) {
  const name = useId()
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-semibold">{words.date}</legend>
      <div className="-mx-4 flex gap-2 overflow-x-auto px-4 pt-0.5 pb-2 md:mx-0 md:px-0.5">
        {dates.map((date) => {
          const day = { date, now: nowMs, timeZone, locale }
          const { near, date: named } = readServiceDay(day)
          return (
            <label
              key={date}
              className={clsx(
                'relative flex min-h-16 min-w-15 shrink-0 cursor-pointer flex-col items-center justify-center rounded-small border px-1.5 tabular-nums',
                'has-focus-visible:outline-3 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
                date === chosen
                  ? 'border-ink bg-ink font-semibold text-paper'
                  : 'border-line bg-raised hover:border-ink',
              )}
            >
              <input
                type="radio"
                name={name}
                value={date}
                checked={date === chosen}
                onChange={() => onChoose(date)}
                aria-label={near === null ? named : `${near}, ${named}`}
                className="absolute inset-0 cursor-pointer opacity-0"
              />
              <span className="text-15">{nameDayBriefly(day)}</span>
              <span className="text-17">{formatShortDate({ date, locale })}</span>
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
