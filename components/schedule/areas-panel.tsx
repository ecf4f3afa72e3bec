'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import { saveOwnAreas } from '@/domain/restaurant/settings.actions'
import type { Table } from '@/domain/restaurant/setup.schema'
import { type Area, MOST_AREAS } from '@/domain/restaurant/table-group.schema'
import type { OwnRestaurant } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { AreaDialog } from './area-dialog'
import { Outcome } from './outcome'
import { raiseArea } from './table-group-draft'
import { useEdit } from './use-edit'

/** The areas in their order; each opens to be changed. */
export function AreasPanel({
  restaurant,
  areas,
  tables,
  locale,
  words,
}: {
  restaurant: Pick<OwnRestaurant, 'id' | 'version'>
  areas: Area[]
  tables: Table[]
  locale: Locale
  words: Messages['schedule']
}) {
  const [chosen, setChosen] = useState<Area | 'new' | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const { run, isRunning, refusal } = useEdit({ version: restaurant.version, failed: words.failed })
  const told = words.areas
  const raise = ({ id, name }: Area) => {
    setDone(null)
    const raised = { restaurantId: restaurant.id, areas: raiseArea({ areas, id }), locale }
    run(
      (version) => saveOwnAreas({ ...raised, version }),
      () => setDone(fillIn(told.raised, { name })),
    )
  }
  return (
    <section aria-labelledby="areas" className="flex flex-col gap-4">
      <div>
        <h2 id="areas" className="text-20 font-bold">
          {told.title}
        </h2>
        <p className="text-quiet">{told.lead}</p>
      </div>
      {areas.length === 0 ? (
        <p className="text-quiet">{told.empty}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {areas.map((area, index) => (
            <li key={area.id} className="flex items-stretch gap-2">
              <button
                type="button"
                aria-haspopup="dialog"
                onClick={() => setChosen(area)}
                className="flex min-h-16 min-w-0 grow flex-col justify-center rounded-small border border-quiet bg-raised px-4 py-2 text-start hover:border-ink"
              >
                <span className="max-w-full truncate font-semibold">{area.name}</span>
                <span className="text-15 text-quiet tabular-nums">
                  {area.tableNumbers.length === 0
                    ? told.noTables
                    : fillIn(words.combinations.tables, {
                        numbers: area.tableNumbers.join(', '),
                      })}
                </span>
              </button>
              <Button
                tone="outline"
                disabled={isRunning || index === 0}
                aria-label={fillIn(told.raise, { name: area.name })}
                onClick={() => raise(area)}
              >
                {told.up}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Outcome refusal={refusal} done={done} words={words} />
      <div>
        <Button
          size="large"
          tone="outline"
          aria-haspopup="dialog"
          disabled={areas.length >= MOST_AREAS}
          onClick={() => setChosen('new')}
        >
          {told.add}
        </Button>
      </div>
      {chosen && (
        <AreaDialog
          restaurant={restaurant}
          area={chosen === 'new' ? null : chosen}
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
