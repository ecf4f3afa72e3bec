import type { Restaurant } from '@/domain/restaurant/types'
import type { Messages } from '@/lib/i18n/messages'
import { linkToKakaoMap, linkToNaverMap } from './restaurant-words'

type Words = Pick<Messages['booking']['restaurant'], 'map' | 'naverMap' | 'kakaoMap'>

const link =
  '-my-2.5 inline-flex min-h-12 items-center font-medium text-ink underline decoration-quiet underline-offset-4 hover:decoration-ink'

/** The map the owner chose, or the two most common map apps in Korea. */
export function MapLinks({
  restaurant,
  words,
}: {
  restaurant: Pick<Restaurant, 'name' | 'address'> & { mapUrl: string | null }
  words: Words
}) {
  const { mapUrl } = restaurant
  const links = mapUrl
    ? [{ href: mapUrl, name: words.map }]
    : [
        { href: linkToNaverMap(restaurant), name: words.naverMap },
        { href: linkToKakaoMap(restaurant), name: words.kakaoMap },
      ]
  return (
    <span className="inline-flex flex-wrap gap-x-3">
      {links.map(({ href, name }) => (
        <a key={href} href={href} target="_blank" rel="noreferrer" className={link}>
          {name} <span aria-hidden="true">↗</span>
        </a>
      ))}
    </span>
  )
}
