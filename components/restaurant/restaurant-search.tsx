import { Button } from '@/components/ui/button'
import { SearchIcon } from '@/components/ui/icons'
import { PageLink } from '@/components/ui/page-link'
import type { Messages } from '@/lib/i18n/messages'
import { type Locale, localisePath } from '@/lib/locale'
import { translateWord } from './restaurant-words'

/** A plain form: it works before any script, and its answer has an address. */
export function RestaurantSearch({
  keyword = '',
  locale,
  words,
}: {
  keyword?: string | undefined
  locale: Locale
  words: Messages['booking']['home']
}) {
  return (
    <search>
      <form
        action={localisePath({ path: '/restaurants', locale })}
        className="flex max-w-task gap-2"
      >
        <label className="relative grow">
          <span className="sr-only">{words.searchLabel}</span>
          <span className="pointer-events-none absolute inset-y-0 left-3 grid place-items-center text-quiet">
            <SearchIcon />
          </span>
          <input
            type="search"
            name="keyword"
            defaultValue={keyword}
            maxLength={60}
            placeholder={words.searchPlaceholder}
            enterKeyHint="search"
            className="min-h-12 w-full rounded-small border border-quiet bg-raised pr-3 pl-10 text-17 placeholder:text-quiet"
          />
        </label>
        <Button type="submit">{words.search}</Button>
      </form>
    </search>
  )
}

/** The kinds of food that there are, each a search of its own. */
export function CategoryLinks({
  categories,
  chosen,
  locale,
  label,
  words,
}: {
  categories: string[]
  chosen?: string | undefined
  locale: Locale
  label: string
  words: Messages['booking']['categories']
}) {
  return (
    <nav aria-label={label}>
      <ul className="-mx-4 flex gap-2 overflow-x-auto px-4 py-1 md:mx-0 md:flex-wrap md:px-0">
        {categories.map((category) => (
          <li key={category} className="shrink-0">
            <PageLink
              href={`/restaurants?${new URLSearchParams({ category })}`}
              locale={locale}
              aria-current={category === chosen ? 'true' : undefined}
              className="flex min-h-12 items-center rounded-full border border-line bg-raised px-4 whitespace-nowrap text-ink no-underline hover:border-ink aria-[current]:border-ink aria-[current]:bg-ink aria-[current]:text-paper"
            >
              {translateWord({ word: category, words })}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
