import { Button } from '@/components/ui/button'
import { FormSelect } from '@/components/ui/form-select'
import { SearchIcon } from '@/components/ui/place-icons'
import { fillIn } from '@/components/ui/words'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Message } from '@/lib/i18n/message'
import type { Messages } from '@/lib/i18n/messages'
import { listSearchFields, type Search } from './search-address'

const PARTIES = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12]

/** A plain form: it works before any script, and each result has an address. */
export function RestaurantSearch({
  search,
  isInstant = false,
  locale,
  words,
}: {
  search: Search
  /** True: changing the party size searches at once. */
  isInstant?: boolean
  locale: Locale
  words: Pick<Messages['booking'], 'home'>
}) {
  const { home } = words
  const kept = listSearchFields(search).filter(([name]) => name !== 'keyword' && name !== 'party')
  return (
    <search>
      <form
        action={localisePath({ path: '/restaurants', locale })}
        className="flex max-w-160 flex-wrap gap-2"
      >
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label className="relative min-w-60 grow basis-full md:basis-60">
          <span className="sr-only">{home.searchLabel}</span>
          <span className="pointer-events-none absolute inset-y-0 left-3 grid place-items-center text-quiet">
            <SearchIcon />
          </span>
          <input
            type="search"
            name="keyword"
            defaultValue={search.keyword}
            maxLength={60}
            placeholder={home.searchPlaceholder}
            enterKeyHint="search"
            className="min-h-12 w-full rounded-small border border-quiet bg-raised pr-3 pl-10 text-17 placeholder:text-quiet"
          />
        </label>
        <PartySelect
          partySize={search.partySize}
          isInstant={isInstant}
          label={home.party}
          people={home.partyOf}
        />
        <Button type="submit" className="grow md:grow-0">
          {home.search}
        </Button>
      </form>
    </search>
  )
}

function PartySelect({
  partySize,
  isInstant,
  label,
  people,
}: {
  partySize: number
  isInstant: boolean
  label: string
  people: Message<'count'>
}) {
  const sizes = [...new Set([...PARTIES, partySize])].sort((one, other) => one - other)
  return (
    <FormSelect name="party" aria-label={label} defaultValue={partySize} isInstant={isInstant}>
      {sizes.map((size) => (
        <option key={size} value={size}>
          {fillIn(people, { count: size })}
        </option>
      ))}
    </FormSelect>
  )
}
