'use client'

import clsx from 'clsx'
import { DayPicker } from 'react-day-picker'
import { enUS, ko } from 'react-day-picker/locale'
import type { Locale } from '@/lib/i18n/locale'
import { formatFullDate } from '@/lib/i18n/moment'
import { ChevronDownIcon } from './icons'
import { ChevronRightIcon } from './place-icons'

/**
 * A calendar date has no zone: noon in the visitor's own zone falls on the same date everywhere.
 */
function toDay(date: string): Date {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return new Date(year, month - 1, day, 12)
}

function toDate(day: Date): string {
  const part = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${part(day.getMonth() + 1)}-${part(day.getDate())}`
}

const looks = {
  root: 'relative w-full',
  months: 'relative',
  month: 'flex flex-col gap-2',
  month_caption: 'flex min-h-12 items-center justify-center',
  caption_label: 'text-20 font-bold tabular-nums',
  nav: 'absolute inset-x-0 top-0 flex justify-between',
  button_previous:
    'grid size-12 place-items-center rounded-full hover:bg-line/60 aria-disabled:opacity-40',
  button_next:
    'grid size-12 place-items-center rounded-full hover:bg-line/60 aria-disabled:opacity-40',
  month_grid: 'w-full table-fixed border-collapse',
  weekday: 'pb-1 text-15 font-medium text-quiet',
  day: 'p-0 text-center',
  day_button:
    'mx-auto grid size-12 max-w-full place-items-center rounded-full text-17 tabular-nums hover:bg-line/60 disabled:text-quiet/60 disabled:hover:bg-transparent',
  today: 'font-bold underline underline-offset-4',
  selected: '[&>button]:bg-accent [&>button]:text-on-accent [&>button]:font-bold',
  range_start: 'rounded-l-full bg-accent/15',
  range_end: 'rounded-r-full bg-accent/15',
  range_middle:
    'bg-accent/15 [&>button]:bg-transparent! [&>button]:text-ink! [&>button]:font-normal!',
  outside: 'invisible',
  disabled: '',
}

function Chevron({ orientation }: { orientation?: 'up' | 'down' | 'left' | 'right' }) {
  if (orientation === 'down' || orientation === 'up') return <ChevronDownIcon />
  return (
    <span className={clsx(orientation === 'left' && 'rotate-180')}>
      <ChevronRightIcon />
    </span>
  )
}

const languages = { ko, en: enUS }

/** Shared by both calendars: language, style, Monday first, and nothing before the first day. */
function describe({ locale, first, today, todayName }: Common) {
  const nameDay = (day: Date, { today: isToday }: { today?: boolean } = {}) => {
    const name = formatFullDate({ date: toDate(day), locale })
    return isToday ? `${todayName}, ${name}` : name
  }
  return {
    locale: languages[locale],
    classNames: looks,
    components: { Chevron },
    // Whether it is chosen is said by its cell.
    labels: { labelDayButton: nameDay, labelGridcell: nameDay },
    weekStartsOn: 1,
    today: toDay(today),
    startMonth: toDay(first),
    disabled: { before: toDay(first) },
  } as const
}

type Common = {
  locale: Locale
  /** The first date that can be chosen. */
  first: string
  today: string
  /** What `today` is called: by the wall it may be over. */
  todayName: string
}

/** Chooses one date, by tap or arrow keys. */
export function Calendar({
  date,
  onChange,
  ...common
}: Common & { date: string | null; onChange: (date: string | null) => void }) {
  return (
    <DayPicker
      {...describe(common)}
      mode="single"
      selected={date === null ? undefined : toDay(date)}
      defaultMonth={toDay(date ?? common.first)}
      onSelect={(day) => onChange(day ? toDate(day) : null)}
    />
  )
}

export type DateRange = { from: string; to: string }

/** Chooses a range by its first and last date. */
export function RangeCalendar({
  range,
  onChange,
  ...common
}: Common & { range: DateRange | null; onChange: (range: DateRange | null) => void }) {
  return (
    <DayPicker
      {...describe(common)}
      mode="range"
      selected={range ? { from: toDay(range.from), to: toDay(range.to) } : undefined}
      defaultMonth={toDay(range?.from ?? common.first)}
      onSelect={(chosen) => {
        const from = chosen?.from
        onChange(from ? { from: toDate(from), to: toDate(chosen.to ?? from) } : null)
      }}
    />
  )
}
