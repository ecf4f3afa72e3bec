import type { RestaurantDetail } from '@/domain/restaurant/types'
import { readWallTime } from '@/domain/restaurant/week.rules'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function describe({ restaurant, url }: { restaurant: RestaurantDetail; url: string }) {
  const { name, nameEn, description, address, phone, category, hours, pictures } = restaurant
  return {
    '@context': 'https://schema.org',
    '@type': 'Restaurant',
    name,
    ...(nameEn && { alternateName: nameEn }),
    description,
    address,
    telephone: phone,
    servesCuisine: category,
    url,
    acceptsReservations: restaurant.hasTables,
    ...(pictures.length > 0 && { image: pictures.map((picture) => picture.url) }),
    ...(hours.length > 0 && {
      openingHoursSpecification: hours.map(({ weekday, fromMinutes, toMinutes }) => ({
        '@type': 'OpeningHoursSpecification',
        dayOfWeek: DAYS[weekday - 1],
        opens: readWallTime(fromMinutes).time,
        closes: readWallTime(toMinutes).time.replace('24:00', '23:59'),
      })),
    }),
  }
}

/** For search engines. It is data, not a script: no script policy applies, and nothing runs it. */
export function StructuredData(asked: { restaurant: RestaurantDetail; url: string }) {
  // An owner's text must not be able to close the script element.
  const text = JSON.stringify(describe(asked)).replaceAll('<', '\\u003c')
  return <script type="application/ld+json">{text}</script>
}
