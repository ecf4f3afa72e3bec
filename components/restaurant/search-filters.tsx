import clsx from 'clsx'
import { PageLink } from '@/components/ui/page-link'
import type { Facet, Facets } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { translateWord } from './restaurant-words'
import { linkToSearch, type Search } from './search-address'

type Told = { search: Search; locale: Locale }
/** `isSwitch`: on or off by itself, not one of several. */
type Chip = {
  isSwitch?: true
  name: string
  lang?: Locale | undefined
  href: string
  isChosen: boolean
}

const row = '-mx-4 flex gap-2 overflow-x-auto px-4 py-1 md:mx-0 md:flex-wrap md:px-0'

/** Every filter of the list; each choice is an address of its own. */
export function SearchFilters({
  facets,
  words,
  ...told
}: Told & { facets: Facets; words: Messages['booking'] }) {
  return (
    <nav aria-label={words.search.filters} className="flex flex-col gap-1">
      <FacetChips kind="category" facets={facets.categories} words={words} {...told} />
      <FacetChips kind="region" facets={facets.regions} words={words} {...told} />
    </nav>
  )
}

/** Starting points before a search: free tables, and kinds of food. */
export function LandingFilters({
  facets,
  words,
  ...told
}: Told & { facets: Facets; words: Messages['booking'] }) {
  return (
    <nav aria-label={words.search.filters}>
      <Chips
        label={words.home.categories}
        chips={[
          freeOnlyChip({ ...told, words }),
          ...listFacetChips({ kind: 'category', facets: facets.categories, words, ...told }),
        ]}
        locale={told.locale}
      />
    </nav>
  )
}

type OfKind = Told & {
  kind: 'category' | 'region'
  facets: Facet[]
  words: Messages['booking']
}

function freeOnlyChip({ search, words }: Told & { words: Messages['booking'] }): Chip {
  const { isFreeOnly } = search
  return {
    name: words.search.freeOnly,
    href: linkToSearch({ ...search, isFreeOnly: !isFreeOnly }),
    isChosen: isFreeOnly,
    isSwitch: true,
  }
}

/** The chosen one first, so that it stays visible on a phone, where the row scrolls. */
function listFacetChips({ kind, facets, search, locale, words }: OfKind): Chip[] {
  const translations = kind === 'category' ? words.categories : words.regions
  const chosen = search[kind]
  const known = facets.map(({ word }) => word).filter((word) => word !== chosen)
  return [...(chosen ? [chosen] : []), ...known].map((word) => ({
    ...translateWord({ word, words: translations, locale }),
    href: linkToSearch({ ...search, [kind]: word === chosen ? undefined : word }),
    isChosen: word === chosen,
  }))
}

function FacetChips(asked: OfKind) {
  const { kind, search, words, locale } = asked
  const isCategory = kind === 'category'
  const all: Chip = {
    name: isCategory ? words.search.allFood : words.search.allAreas,
    href: linkToSearch({ ...search, [kind]: undefined }),
    isChosen: !search[kind],
  }
  const chips = listFacetChips(asked)
  if (chips.length === 0) return null
  return (
    <Chips
      chips={[...(isCategory ? [freeOnlyChip(asked)] : []), all, ...chips]}
      label={isCategory ? words.home.categories : words.home.regions}
      locale={locale}
    />
  )
}

function Chips({ chips, label, locale }: { chips: Chip[]; label: string; locale: Locale }) {
  return (
    <ul aria-label={label} className={row}>
      {chips.map(({ name, lang, href, isChosen, isSwitch }) => (
        <li key={href + name} className="shrink-0">
          <PageLink
            href={href}
            locale={locale}
            lang={lang}
            scroll={false}
            aria-current={isChosen ? 'true' : undefined}
            className={clsx(
              'flex min-h-12 items-center gap-1.5 rounded-full border bg-raised px-4 whitespace-nowrap text-ink no-underline hover:border-ink',
              isSwitch
                ? 'border-accent aria-[current]:bg-accent aria-[current]:text-on-accent'
                : 'border-line aria-[current]:border-ink aria-[current]:bg-ink aria-[current]:text-paper',
            )}
          >
            {isSwitch && isChosen && <span aria-hidden="true">✓</span>}
            {name}
          </PageLink>
        </li>
      ))}
    </ul>
  )
}
