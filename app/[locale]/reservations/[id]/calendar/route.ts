import { loadOwnCalendar } from '@/domain/booking/loaders'
import { problemResponse } from '@/lib/http/api'
import { defaultLocale, isLocale } from '@/lib/i18n/locale'

/** The diner's own reservation as a calendar file. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/[locale]/reservations/[id]/calendar'>,
): Promise<Response> {
  const { locale: asked, id } = await params
  const locale = isLocale(asked) ? asked : defaultLocale
  const calendar = await loadOwnCalendar({ id, locale })
  if (!calendar.ok) return problemResponse({ refusal: calendar, locale })
  const { content, method, serviceDate } = calendar.value
  return new Response(content, {
    headers: {
      'content-type': `text/calendar; charset=utf-8; method=${method}`,
      'content-disposition': `attachment; filename="bobjool-${serviceDate}.ics"`,
      'cache-control': 'private, no-store',
    },
  })
}
