import { nameTimes } from '@/components/opening/lobby/times'
import { nameRestaurant } from '@/components/restaurant/restaurant-words'
import { SharePicture } from '@/components/ui/share-picture'
import { fillIn } from '@/components/ui/words'
import { loadOpening } from '@/domain/opening/loaders'
import { loadRestaurant } from '@/domain/restaurant/loaders'
import { problemResponse } from '@/lib/http/api'
import { keepDrawable, pictureResponse } from '@/lib/http/picture'
import { defaultLocale, isLocale } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { refuse } from '@/lib/problems/result'

/** What a messenger shows beside a link to an opening. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/[locale]/openings/[id]/share.png'>,
): Promise<Response> {
  const { locale: asked, id } = await params
  const locale = isLocale(asked) ? asked : defaultLocale
  const opening = await loadOpening(id)
  const restaurant = opening && (await loadRestaurant(opening.restaurantId))
  if (!opening || !restaurant) return problemResponse({ refusal: refuse('not-found'), locale })
  const { opening: words, shell } = await loadMessages(locale)
  const times = nameTimes({ opening, timeZone: restaurant.timeZone, locale })
  const { eyebrow, day, opens, cancelled } = words.picture
  const isCancelled = opening.state === 'CANCELLED'
  const facts = {
    brand: shell.brand,
    eyebrow,
    name: keepDrawable(nameRestaurant({ restaurant, locale }).text),
    lines: [
      isCancelled ? cancelled : fillIn(opens, { opens: times.opens }),
      fillIn(day, { date: times.day }),
    ],
  }
  return pictureResponse({ request, facts, element: <SharePicture {...facts} />, locale })
}
