import { nameRestaurant, placeRestaurant } from '@/components/restaurant/restaurant-words'
import { SharePicture } from '@/components/ui/share-picture'
import { loadRestaurant } from '@/domain/restaurant/loaders'
import { problemResponse } from '@/lib/http/api'
import { keepDrawable, pictureResponse } from '@/lib/http/picture'
import { defaultLocale, isLocale } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { refuse } from '@/lib/problems/result'

/** What a messenger shows beside a link to a restaurant. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/[locale]/restaurants/[slug]/share.png'>,
): Promise<Response> {
  const { locale: asked, slug } = await params
  const locale = isLocale(asked) ? asked : defaultLocale
  const restaurant = await loadRestaurant(slug)
  if (!restaurant) return problemResponse({ refusal: refuse('not-found'), locale })
  const { booking: words, shell } = await loadMessages(locale)
  const facts = {
    brand: shell.brand,
    eyebrow: null,
    name: keepDrawable(nameRestaurant({ restaurant, locale }).text),
    lines: [
      keepDrawable(placeRestaurant({ restaurant, words })),
      restaurant.hasTables ? words.picture.tables : words.picture.line,
    ],
  }
  return pictureResponse({ request, facts, element: <SharePicture {...facts} />, locale })
}
