import { fillIn } from '@/components/ui/words'
import type { ReservationView } from '@/domain/booking/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameMoment } from '@/lib/i18n/moment'
import { CancelLinkButton } from './cancel-link-button'

/**
 * Shows the reservation and one question, and nothing of the account, because a mail may be
 * forwarded.
 */
export function CancelLinkCard({
  reservation,
  token,
  locale,
  words,
}: {
  reservation: ReservationView
  token: string
  locale: Locale
  words: Messages['notice']['cancel']
}) {
  const { restaurant, serviceDate, startsAt, partySize } = reservation
  const { timeZone } = restaurant
  const name = (locale === 'en' && restaurant.nameEn) || restaurant.name
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-28 font-bold">{words.question}</h1>
      <div className="flex flex-col gap-1 rounded-card border border-line bg-raised px-5 py-4">
        <bdi className="text-20 font-bold">{name}</bdi>
        <p className="text-20 tabular-nums">
          {nameMoment({ at: startsAt, serviceDate, timeZone, locale })}
        </p>
        <p className="text-quiet tabular-nums">{fillIn(words.party, { count: partySize })}</p>
      </div>
      <p>{words.text}</p>
      <CancelLinkButton token={token} locale={locale} words={words} />
    </div>
  )
}
