'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { type DateRange, RangeCalendar } from '@/components/ui/calendar'
import { Dialog } from '@/components/ui/dialog'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { LONGEST_RANGE_DAYS } from '@/domain/schedule/plan.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate } from '@/lib/i18n/moment'
import { PlanDialog, PlanRefusal } from './plan-dialog'
import { usePlan } from './use-plan'

const DAY_MS = 86_400_000
const TWO_WEEKS_DAYS = 14

type Restaurant = { id: string; slug: string; today: string; timeZone: string }
type Words = Messages['schedule']

function countDays({ from, to }: DateRange): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1
}

function spanDays({ from, days }: { from: string; days: number }): DateRange {
  const to = new Date(Date.parse(from) + (days - 1) * DAY_MS).toISOString().slice(0, 10)
  return { from, to }
}

/** Chooses the first and last date. */
function RangeDialog({
  restaurant,
  locale,
  words,
  isRunning,
  onClose,
  onChoose,
}: {
  restaurant: Restaurant
  locale: Locale
  words: Words
  isRunning: boolean
  onClose: () => void
  onChoose: (range: DateRange) => void
}) {
  const [range, setRange] = useState<DateRange | null>(null)
  const count = range ? countDays(range) : 0
  const isTooLong = count > LONGEST_RANGE_DAYS
  const nameDate = (date: string) => formatDate({ date, locale })
  return (
    <Dialog isOpen onClose={onClose} title={words.plan.chooseTitle} closeLabel={words.close}>
      <p className="text-quiet">{words.plan.chooseText}</p>
      <RangeCalendar
        range={range}
        locale={locale}
        first={restaurant.today}
        today={restaurant.today}
        todayName={words.runningDay}
        onChange={setRange}
      />
      <p role="status" className={isTooLong ? 'text-refusal' : 'font-medium tabular-nums'}>
        {range &&
          (isTooLong
            ? words.plan.tooLong
            : fillIn(words.plan.chosen, {
                from: nameDate(range.from),
                to: nameDate(range.to),
                count,
              }))}
      </p>
      <Button
        isWide
        disabled={!range || isTooLong || isRunning}
        onClick={() => range && onChoose(range)}
      >
        {words.plan.preview}
      </Button>
    </Dialog>
  )
}

/** One big button for a new owner, and a range of dates for an experienced one. */
export function PlanPanel({
  restaurant,
  locale,
  words,
  only,
}: {
  restaurant: Restaurant
  locale: Locale
  words: Words
  /** A single date to plan, with the button's label. Absent: many dates. */
  only?: { date: string; label: string }
}) {
  const [isDone, setDone] = useState(false)
  const [isChoosing, setChoosing] = useState(false)
  const plan = usePlan({
    restaurantId: restaurant.id,
    locale,
    failed: words.failed,
    onDone: () => setDone(true),
  })
  const look = (range: DateRange) => {
    setDone(false)
    setChoosing(false)
    plan.look(range)
  }
  const first = only
    ? { label: only.label, range: { from: only.date, to: only.date } }
    : {
        label: words.plan.twoWeeks,
        range: spanDays({ from: restaurant.today, days: TWO_WEEKS_DAYS }),
      }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-3">
        <Button
          size="large"
          aria-haspopup="dialog"
          disabled={plan.isRunning}
          onClick={() => look(first.range)}
        >
          {plan.isRunning ? words.working : first.label}
        </Button>
        {!only && (
          <Button
            size="large"
            tone="outline"
            aria-haspopup="dialog"
            onClick={() => setChoosing(true)}
          >
            {words.plan.choose}
          </Button>
        )}
      </div>
      <LiveArea>
        {isDone && <StatusMessage tone="confirmed" title={words.plan.done} />}
        {!plan.preview && plan.refusal && (
          <PlanRefusal
            locale={locale}
            refusal={plan.refusal}
            slug={restaurant.slug}
            words={words.plan}
          />
        )}
      </LiveArea>
      {isChoosing && (
        <RangeDialog
          restaurant={restaurant}
          locale={locale}
          words={words}
          isRunning={plan.isRunning}
          onClose={() => setChoosing(false)}
          onChoose={look}
        />
      )}
      <PlanDialog plan={plan} restaurant={restaurant} locale={locale} words={words} />
    </div>
  )
}
