'use client'

import { fillIn } from '@/components/ui/words'
import type { Table } from '@/domain/restaurant/setup.schema'
import type { Messages } from '@/lib/i18n/messages'
import { nameParty } from './party-words'

/** Chooses among the tables; each says what it seats, and the area it is in if `areaOf` knows one. */
export function TableChoice({
  legend,
  tables,
  chosen,
  areaOf,
  words,
  onChange,
}: {
  legend: string
  tables: readonly Table[]
  /** Table numbers. */
  chosen: readonly number[]
  areaOf: (number: number) => string | null
  words: Messages['schedule']
  onChange: (chosen: number[]) => void
}) {
  const toggle = (number: number) =>
    onChange(chosen.includes(number) ? chosen.filter((one) => one !== number) : [...chosen, number])
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium">{legend}</legend>
      <div className="grid max-h-80 grid-cols-2 gap-x-4 overflow-y-auto">
        {tables.map(({ id, number, ...party }) => {
          const area = areaOf(number)
          return (
            <label key={id} className="flex min-h-12 cursor-pointer items-center gap-3">
              <input
                type="checkbox"
                className="size-6 shrink-0 accent-accent"
                checked={chosen.includes(number)}
                onChange={() => toggle(number)}
              />
              <span className="min-w-0 leading-tight tabular-nums">
                <span className="font-medium">{fillIn(words.tables.number, { number })}</span>
                <span className="block truncate text-15 text-quiet">
                  {nameParty({ ...party, words })}
                  {area && ` · ${area}`}
                </span>
              </span>
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
