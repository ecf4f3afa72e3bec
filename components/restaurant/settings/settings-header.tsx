import type { OwnRestaurant } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameRestaurant } from '../restaurant-words'
import { SettingsNav } from './settings-nav'

/** Above every settings page: the restaurant's name and the menu. */
export function SettingsHeader({
  restaurant,
  locale,
  words,
}: {
  restaurant: OwnRestaurant
  locale: Locale
  words: Messages['settings']
}) {
  const name = nameRestaurant({ restaurant, locale })
  return (
    <nav aria-label={words.nav.label} className="border-b border-line">
      <div className="mx-auto flex w-full max-w-page flex-col gap-1 px-4 pt-4 md:px-6">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span lang={name.lang} className="text-20 font-bold">
            {name.text}
          </span>
          {!restaurant.published && (
            <span className="rounded-full border border-dashed border-waiting px-3 text-15 font-medium text-waiting">
              {words.unpublished}
            </span>
          )}
        </p>
        <SettingsNav slug={restaurant.slug} locale={locale} words={words.nav} />
      </div>
    </nav>
  )
}
