'use client'

import { useState } from 'react'
import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageLink } from '@/components/ui/page-link'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { groupTables } from '@/domain/restaurant/setup.rules'
import type { Table, TableClass } from '@/domain/restaurant/setup.schema'
import type { Combination } from '@/domain/restaurant/table-group.schema'
import type { OwnRestaurant } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { AddTables } from './add-tables'
import { nameParty } from './party-words'
import { TableDialog } from './table-dialog'

type Words = Messages['schedule']

function ClassOfTables({
  tableClass,
  words,
  onChoose,
}: {
  tableClass: TableClass
  words: Words
  onChoose: (table: Table) => void
}) {
  const party = nameParty({ ...tableClass, words })
  return (
    <section className="flex flex-col gap-3 rounded-card border border-line bg-raised p-4">
      <h2 className="flex items-baseline justify-between gap-3 text-20 font-bold">
        {fillIn(words.tables.className, { party })}
        <span className="text-17 font-medium text-quiet tabular-nums">
          {fillIn(words.tables.count, { count: tableClass.tables.length })}
        </span>
      </h2>
      <ul className="flex flex-wrap gap-2">
        {tableClass.tables.map((table) => (
          <li key={table.id}>
            <button
              type="button"
              aria-haspopup="dialog"
              aria-label={fillIn(words.tables.change, { number: table.number })}
              onClick={() => onChoose(table)}
              className="min-h-16 min-w-16 rounded-small border border-quiet px-3 font-semibold tabular-nums hover:border-ink"
            >
              {fillIn(words.tables.number, { number: table.number })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The tables by size; each opens to be changed. */
export function TablesPanel({
  restaurant,
  tables,
  combinations,
  locale,
  words,
}: {
  restaurant: Pick<OwnRestaurant, 'id' | 'slug' | 'version'>
  tables: Table[]
  combinations: Combination[]
  locale: Locale
  words: Words
}) {
  const [chosen, setChosen] = useState<Table | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const finish = (told: string) => {
    setChosen(null)
    setDone(told)
  }
  return (
    <div className="flex flex-col gap-4">
      <LiveArea>
        {done && (
          <StatusMessage
            tone="confirmed"
            title={done}
            actions={
              <PageLink
                href={`/owner/${restaurant.slug}/schedule`}
                locale={locale}
                className={styleButton({ tone: 'outline' })}
              >
                {words.hours.toSchedule}
              </PageLink>
            }
          />
        )}
      </LiveArea>
      {tables.length === 0 ? (
        <EmptyState title={words.tables.empty}>
          <p className="max-w-task text-quiet">{words.tables.emptyText}</p>
          <AddTables restaurant={restaurant} locale={locale} words={words} onDone={finish} />
        </EmptyState>
      ) : (
        <>
          <div>
            <AddTables restaurant={restaurant} locale={locale} words={words} onDone={finish} />
          </div>
          <div className="grid gap-4 lg:grid-cols-2">
            {groupTables(tables).map((tableClass) => (
              <ClassOfTables
                key={`${tableClass.minParty} ${tableClass.maxParty}`}
                tableClass={tableClass}
                words={words}
                onChoose={setChosen}
              />
            ))}
          </div>
        </>
      )}
      {chosen && (
        <TableDialog
          key={chosen.id}
          restaurant={restaurant}
          locale={locale}
          words={words}
          table={chosen}
          combined={combinations.filter((it) => it.tableNumbers.includes(chosen.number)).length}
          onDone={finish}
          onClose={() => setChosen(null)}
        />
      )}
    </div>
  )
}
