import { ShareButton } from '@/components/ui/share-button'
import type { Restaurant } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { RestaurantMarks } from './restaurant-marks'
import { nameRestaurant, placeRestaurant } from './restaurant-words'

export function RestaurantHeading({
  restaurant,
  locale,
  words,
  shareWords,
}: {
  restaurant: Restaurant
  locale: Locale
  words: Messages['booking']
  shareWords: Messages['shell']['share']
}) {
  const name = nameRestaurant({ restaurant, locale })
  return (
    <header className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-28 leading-tight font-bold md:text-44" lang={name.lang}>
          {name.text}
        </h1>
        <RestaurantMarks restaurant={restaurant} words={words.marks} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <p className="text-quiet">{placeRestaurant({ restaurant, words })}</p>
        <ShareButton title={name.text} words={shareWords} />
      </div>
    </header>
  )
}
