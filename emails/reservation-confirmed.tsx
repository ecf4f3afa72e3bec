import { linkToPage } from '@/domain/notification/rules'
import type { ReservationPayload } from '@/domain/notification/schema'
import type { Locale } from '@/lib/locale'
import { Hint, MainAction, Opening } from './card'
import { Layout } from './layout'
import { Details, When } from './reservation-facts'
import { words } from './words'

/** "Your table is yours." */
export function ReservationConfirmed({
  reservation,
  locale,
  appUrl,
}: {
  reservation: ReservationPayload
  locale: Locale
  appUrl: string
}) {
  const say = words[locale].confirmed
  const path = `/reservations/${reservation.reservationId}`
  return (
    <Layout locale={locale} appUrl={appUrl} preview={say.intro(reservation.dinerName)}>
      <Opening mark="confirmed" title={say.title}>
        <bdi>{say.intro(reservation.dinerName)}</bdi>
      </Opening>
      <When reservation={reservation} locale={locale} />
      <Details reservation={reservation} locale={locale} />
      <MainAction href={linkToPage({ appUrl, locale, path })}>{say.open}</MainAction>
      <Hint>{say.manners}</Hint>
      <Hint>{say.calendar}</Hint>
    </Layout>
  )
}
