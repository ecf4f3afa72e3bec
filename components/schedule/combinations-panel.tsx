'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import type { Table } from '@/domain/restaurant/setup.schema'
import {
  type Area,
  type Combination,
  MOST_COMBINATIONS,
} from '@/domain/restaurant/table-group.schema'
import type { OwnRestaurant } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { CombinationDialog } from './combination-dialog'
import { Outcome } from './outcome'
import { nameParty } from './party-words'
import { keyOf } from './table-group-draft'

/** The tables that can be pushed together; each combination opens to be changed. */
export function CombinationsPanel({
  restaurant,
  combinations,
  areas,
  tables,
  locale,
  words,
}: {
  restaurant: Pick<OwnRestaurant, 'id' | 'version'>
  combinations: Combination[]
  areas: Area[]
  tables: Table[]
  locale: Locale
  words: Messages['schedule']
}) {
  const [chosen, setChosen] = useState<Combination | 'new' | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const told = words.combinations
  return (
    <section aria-labelledby="combinations" className="flex flex-col gap-4">
      <div>
        <h2 id="combinations" className="text-20 font-bold">
          {told.title}
        </h2>
        <p className="text-quiet">{told.lead}</p>
      </div>
      {combinations.length === 0 ? (
        <p className="text-quiet">{tables.length < 2 ? told.needsTwo : told.empty}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {combinations.map((combination) => (
            <li key={keyOf(combination)}>
              <button
                type="button"
                aria-haspopup="dialog"
                onClick={() => setChosen(combination)}
                className="flex min-h-16 w-full items-center justify-between gap-4 rounded-small border border-quiet bg-raised px-4 py-2 text-start tabular-nums hover:border-ink"
              >
                <span className="font-semibold">
                  {fillIn(told.tables, { numbers: combination.tableNumbers.join(' + ') })}
                </span>
                <span className="shrink-0 text-quiet">{nameParty({ ...combination, words })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Outcome refusal={null} done={done} words={words} />
      <div>
        <Button
          size="large"
          tone="outline"
          aria-haspopup="dialog"
          disabled={tables.length < 2 || combinations.length >= MOST_COMBINATIONS}
          onClick={() => setChosen('new')}
        >
          {told.add}
        </Button>
      </div>
      {chosen && (
        <CombinationDialog
          restaurant={restaurant}
          combination={chosen === 'new' ? null : chosen}
          combinations={combinations}
          areas={areas}
          tables={tables}
          locale={locale}
          words={words}
          onDone={(said) => {
            setChosen(null)
            setDone(said)
          }}
          onClose={() => setChosen(null)}
        />
      )}
    </section>
  )
}
