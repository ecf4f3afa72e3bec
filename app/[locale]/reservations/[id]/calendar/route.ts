import { redirect } from 'next/navigation'
import { loadOwnCalendar } from '@/domain/booking/loaders'
import { linkToSignIn } from '@/domain/identity/rules'
import { defaultLocale, isLocale, localisePath } from '@/lib/i18n/locale'

/**
 * The diner's own reservation as a calendar file. People open this link in a browser, from a tab
 * whose session has ended too, so a refusal is a page: signing in, which leads to the reservation,
 * or the reservation's own page, which says that there is none.
 */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/[locale]/reservations/[id]/calendar'>,
): Promise<Response> {
  const { locale: asked, id } = await params
  const locale = isLocale(asked) ? asked : defaultLocale
  const calendar = await loadOwnCalendar({ id, locale })
  if (!calendar.ok) {
    const returnPath = localisePath({ path: `/reservations/${encodeURIComponent(id)}`, locale })
    const isSignedOut = calendar.reason === 'signed-out'
    redirect(isSignedOut ? linkToSignIn({ returnPath, locale }) : returnPath)
  }
  const { content, method, serviceDate } = calendar.value
  return new Response(content, {
    headers: {
      'content-type': `text/calendar; charset=utf-8; method=${method}`,
      'content-disposition': `attachment; filename="bobjool-${serviceDate}.ics"`,
      'cache-control': 'private, no-store',
    },
  })
}
