import { loadOwnReservation } from '@/domain/booking/loaders'
import { readPageVisitor } from '@/domain/identity/loaders'
import { writeReservationCalendar } from '@/domain/notification/calendar.rules'
import { readDatabaseClock } from '@/lib/db/clock'
import { env } from '@/lib/env'
import { problemResponse } from '@/lib/http/api'
import { defaultLocale, isLocale } from '@/lib/i18n/locale'
import { readMailbox } from '@/lib/mail/mail-address'
import { refuse } from '@/lib/problems/result'

/** One's own reservation as a calendar file, the same entry that the mail carries. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/[locale]/reservations/[id]/calendar'>,
): Promise<Response> {
  const { locale: asked, id } = await params
  const locale = isLocale(asked) ? asked : defaultLocale
  const visitor = await readPageVisitor()
  if (!visitor) return problemResponse({ refusal: refuse('signed-out'), locale })
  const reservation = await loadOwnReservation({ dinerId: visitor.accountId, id })
  if (!reservation) return problemResponse({ refusal: refuse('not-found'), locale })
  const { content, method } = writeReservationCalendar({
    reservation,
    locale,
    appUrl: env.APP_URL,
    organizer: readMailbox(env.MAIL_FROM),
    stampedAt: await readDatabaseClock(),
  })
  return new Response(content, {
    headers: {
      'content-type': `text/calendar; charset=utf-8; method=${method}`,
      'content-disposition': `attachment; filename="bobjool-${reservation.serviceDate}.ics"`,
      'cache-control': 'private, no-store',
    },
  })
}
