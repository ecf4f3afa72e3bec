'use client'

import clsx from 'clsx'
import { useWords } from '@/components/floor/words/use-words'
import { CrossIcon } from '@/components/ui/icons'
import { SearchIcon } from '@/components/ui/place-icons'
import { countFilter, type PartyFilter, partyFilters } from '@/domain/floor/party.rules'
import type { DayParty } from '@/domain/floor/schema'

export type Wanted = { filter: PartyFilter; search: string }

/** Filters by status, or searches all parties by name and number. */
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
    <div className="flex flex-col gap-2">
      <div className="relative flex items-center">
        <span className="pointer-events-none absolute left-3 text-quiet">
          <SearchIcon />
        </span>
        <input
          type="search"
          enterKeyHint="search"
          autoComplete="off"
          value={wanted.search}
          onChange={(event) => onChange({ ...wanted, search: event.target.value })}
          aria-label={words.list.search}
          placeholder={words.list.search}
          className="min-h-16 w-full rounded-small border border-quiet bg-raised pr-16 pl-11 text-17 text-ink placeholder:text-quiet [&::-webkit-search-cancel-button]:hidden"
        />
        {wanted.search !== '' && (
          <button
            type="button"
            aria-label={words.list.clear}
            onClick={() => onChange({ ...wanted, search: '' })}
            className="absolute right-0 grid size-16 place-items-center rounded-small text-quiet hover:text-ink"
          >
            <CrossIcon />
          </button>
        )}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has no flexible layout in every browser */}
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
    </div>
  )
}
