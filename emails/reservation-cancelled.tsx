import { linkToPage } from '@/domain/notification/rules'
import type { CancelledPayload } from '@/domain/notification/schema'
import type { Locale } from '@/lib/locale'
import { Hint, MainAction, Opening, SideAction } from './card'
import { Layout } from './layout'
import { Details, nameOf, When } from './reservation-facts'
import { words } from './words'

/** "Your table is no longer yours", and by whose decision. */
export function ReservationCancelled({
  reservation,
  locale,
  appUrl,
}: {
  reservation: CancelledPayload
  locale: Locale
  appUrl: string
}) {
  const say = words[locale].cancelled
  const { cancelledBy, reason, reservationId, restaurant } = reservation
  const intro = say.intro[cancelledBy](nameOf({ reservation, locale }))
  const link = (path: string) => linkToPage({ appUrl, locale, path })
  return (
    <Layout locale={locale} appUrl={appUrl} preview={intro}>
      <Opening mark="cancelled" title={say.title[cancelledBy]}>
        {intro}
        {reason && <bdi> {say.reason(reason)}</bdi>}
      </Opening>
      <When reservation={reservation} locale={locale} isOff />
      <Details reservation={reservation} locale={locale} />
      <MainAction href={link(`/restaurants/${restaurant.slug}`)}>{say.findAnother}</MainAction>
      <SideAction href={link(`/reservations/${reservationId}`)}>{say.open}</SideAction>
      <Hint>{say.calendar}</Hint>
    </Layout>
  )
}
