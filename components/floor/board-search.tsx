'use client'

import { CrossIcon } from '@/components/ui/icons'
import { SearchIcon } from '@/components/ui/place-icons'
import { useWords } from './words/use-words'

/** Finds a party by name or number, from every part of the board. */
export function BoardSearch({
  search,
  onChange,
}: {
  search: string
  onChange: (search: string) => void
}) {
  const { words } = useWords()
  return (
    <div className="relative flex min-w-0 grow items-center print:hidden">
      <span className="pointer-events-none absolute left-3 text-quiet">
        <SearchIcon />
      </span>
      <input
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        value={search}
        onChange={(event) => onChange(event.target.value)}
        aria-label={words.list.search}
        placeholder={words.list.search}
        className="min-h-16 w-full rounded-small border border-quiet bg-raised pr-2 pl-10 text-17 text-ink not-placeholder-shown:pr-16 placeholder:text-15 placeholder:text-quiet lg:placeholder:text-17 [&::-webkit-search-cancel-button]:hidden"
      />
      {search !== '' && (
        <button
          type="button"
          aria-label={words.list.clear}
          onClick={() => onChange('')}
          className="absolute right-0 grid size-16 place-items-center rounded-small text-quiet hover:text-ink"
        >
          <CrossIcon />
        </button>
      )}
    </div>
  )
}
