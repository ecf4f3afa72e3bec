'use client'

import clsx from 'clsx'
import { useWords } from '@/components/floor/words/use-words'
import { countFilter, type PartyFilter, partyFilters } from '@/domain/floor/party.rules'
import type { DayParty } from '@/domain/floor/schema'

export type Wanted = { filter: PartyFilter; search: string }

/** Shows the parties of one status; a search goes through all of them. */
export function PartyFilters({
  parties,
  wanted,
  onChange,
}: {
  parties: DayParty[]
  wanted: Wanted
  onChange: (wanted: Wanted) => void
}) {
  const { words } = useWords()
  const active = wanted.search.trim() === '' ? wanted.filter : 'ALL'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no flexible layout in every browser
    <div role="group" aria-label={words.list.filters} className="grid grid-cols-4 gap-1">
      {partyFilters.map((filter) => (
        <button
          key={filter}
          type="button"
          aria-pressed={filter === active}
          onClick={() => onChange({ filter, search: '' })}
          className={clsx(
            'flex min-h-16 flex-col items-center justify-center rounded-small border px-1 text-center text-15 leading-tight',
            filter === active
              ? 'border-ink bg-ink font-semibold text-paper'
              : 'border-line bg-raised text-ink hover:border-quiet',
          )}
        >
          <span>{words.list[filter]}</span>
          <span className="text-17 tabular-nums">{countFilter({ parties, filter })}</span>
        </button>
      ))}
    </div>
  )
}
