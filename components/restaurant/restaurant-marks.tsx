import clsx from 'clsx'
import type { Restaurant } from '@/domain/restaurant/types'
import type { Messages } from '@/lib/i18n/messages'

/** What is unusual about booking here, in a word or two. */
export function RestaurantMarks({
  restaurant,
  words,
}: {
  restaurant: Pick<Restaurant, 'hasTables' | 'bookingsOn' | 'sameDayOnly'>
  words: Messages['booking']['marks']
}) {
  const mark = chooseMark(restaurant)
  if (!mark) return null
  return (
    <span
      className={clsx(
        '-my-0.5 shrink-0 rounded-full border px-3 text-15 font-semibold whitespace-nowrap',
        mark === 'sameDayOnly' ? 'border-accent text-accent' : 'border-quiet text-quiet',
      )}
    >
      {words[mark]}
    </span>
  )
}

function chooseMark(
  restaurant: Pick<Restaurant, 'hasTables' | 'bookingsOn' | 'sameDayOnly'>,
): keyof Messages['booking']['marks'] | null {
  if (!restaurant.hasTables) return 'lineOnly'
  if (!restaurant.bookingsOn) return 'bookingsOff'
  return restaurant.sameDayOnly ? 'sameDayOnly' : null
}
