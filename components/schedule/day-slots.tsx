'use client'

import clsx from 'clsx'
import { useState } from 'react'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { DaySlot } from '@/domain/schedule/month.rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameTimesOn } from '@/lib/i18n/moment'
import { nameParty } from './party-words'
import { SlotDialog } from './slot-dialog'

type Restaurant = { timeZone: string; dayCutMinutes: number }
type Words = Messages['schedule']

const looks: Record<DaySlot['state'], string> = {
  FREE: 'border-quiet bg-raised hover:border-ink',
  HELD: 'border-2 border-dashed border-waiting',
  TAKEN: 'border-line border-l-6 border-l-quiet bg-line font-semibold',
  BLOCKED: 'hatched border-line text-quiet',
  OVER: 'border-line text-quiet',
}

function SlotButton({
  slot,
  date,
  timeZone,
  locale,
  words,
  onChoose,
}: {
  slot: DaySlot
  date: string
  timeZone: string
  locale: Locale
  words: Words
  onChoose: (slot: DaySlot) => void
}) {
  const { startsAt: at, endsAt } = slot
  const { from, to } = nameTimesOn({ at, endsAt, date, timeZone, locale })
  const state = words.day[slot.state]
  const party = nameParty({ ...slot, words })
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={fillIn(words.day.slot, { table: slot.tableNumber, from, to, party, state })}
      onClick={() => onChoose(slot)}
      className={clsx(
        'flex min-h-16 flex-col justify-center rounded-small border px-2.5 text-left leading-tight md:w-34',
        looks[slot.state],
      )}
    >
      <span className="whitespace-nowrap tabular-nums">
        {from}–{to}
      </span>
      <span className="text-15">{state}</span>
    </button>
  )
}

function groupByTable(slots: readonly DaySlot[]): DaySlot[][] {
  const rows = new Map<string, DaySlot[]>()
  for (const slot of slots) rows.set(slot.tableId, [...(rows.get(slot.tableId) ?? []), slot])
  return [...rows.values()]
}

/** The slots of a date, one row for each table; each opens to be blocked, changed or deleted. */
export function DaySlots({
  slots,
  date,
  restaurant,
  locale,
  words,
}: {
  slots: DaySlot[]
  /** The service date; times after midnight are marked beside it. */
  date: string
  restaurant: Restaurant
  locale: Locale
  words: Words
}) {
  const [chosen, setChosen] = useState<DaySlot | null>(null)
  const [done, setDone] = useState<string | null>(null)
  return (
    <div className="flex flex-col gap-3">
      <LiveArea>{done && <StatusMessage tone="confirmed" title={done} />}</LiveArea>
      <ul className="flex flex-col">
        {groupByTable(slots).map((row) => (
          <li
            key={row[0]?.tableId}
            className="flex flex-col gap-2 border-b border-line py-3 md:flex-row md:gap-4"
          >
            <p className="shrink-0 md:w-34 md:pt-3">
              <span className="text-20 font-bold tabular-nums">
                {fillIn(words.day.table, { number: row[0]?.tableNumber ?? '' })}
              </span>{' '}
              <span className="text-15 text-quiet">
                {row[0] && nameParty({ ...row[0], words })}
              </span>
            </p>
            <div className="grid grid-cols-2 gap-2 md:flex md:flex-wrap">
              {row.map((slot) => (
                <SlotButton
                  key={slot.id}
                  slot={slot}
                  date={date}
                  locale={locale}
                  words={words}
                  timeZone={restaurant.timeZone}
                  onChoose={(one) => {
                    setDone(null)
                    setChosen(one)
                  }}
                />
              ))}
            </div>
          </li>
        ))}
      </ul>
      {chosen && (
        <SlotDialog
          key={chosen.id}
          restaurant={restaurant}
          locale={locale}
          words={words}
          slot={chosen}
          date={date}
          onDone={(told) => {
            setChosen(null)
            setDone(told)
          }}
          onClose={() => setChosen(null)}
        />
      )}
    </div>
  )
}
