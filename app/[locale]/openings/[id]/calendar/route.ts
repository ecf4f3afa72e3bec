import { loadOpeningCalendar } from '@/domain/opening/loaders'
import { problemResponse } from '@/lib/http/api'
import { defaultLocale, isLocale } from '@/lib/i18n/locale'
import { refuse } from '@/lib/problems/result'

/** An announced opening as a calendar file, the same for everybody. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/[locale]/openings/[id]/calendar'>,
): Promise<Response> {
  const { locale: asked, id } = await params
  const locale = isLocale(asked) ? asked : defaultLocale
  const calendar = await loadOpeningCalendar({ id, locale })
  if (!calendar) return problemResponse({ refusal: refuse('not-found'), locale })
  const { content, method, serviceDate } = calendar
  return new Response(content, {
    headers: {
      'content-type': `text/calendar; charset=utf-8; method=${method}`,
      'content-disposition': `attachment; filename="bobjool-opening-${serviceDate}.ics"`,
      'cache-control': 'public, max-age=0, s-maxage=60',
    },
  })
}
