import { QrCode } from '@/components/ui/qr-code'
import { fillIn } from '@/components/ui/words'
import type { ReservationView } from '@/domain/booking/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatTime, nameDateOf } from '@/lib/i18n/moment'

/** The code a party shows at the door: black on white in every theme, readable at arm's length. */
export function DoorCode({
  reservation: { restaurant, serviceDate, startsAt, partySize },
  url,
  locale,
  words,
}: {
  reservation: ReservationView
  /** The address that the staff's camera reads. */
  url: string
  locale: Locale
  words: Messages['booking']['reservation']
}) {
  const { timeZone } = restaurant
  const date = nameDateOf({ at: startsAt, serviceDate, timeZone, locale })
  return (
    <section className="flex flex-col items-center gap-4 rounded-card border border-line bg-raised p-5 text-center">
      <h2 className="font-semibold">{words.codeText}</h2>
      <QrCode text={url} label={words.code} />
      <p className="flex flex-wrap items-baseline justify-center gap-x-3 leading-tight font-bold tabular-nums">
        <span className="text-44">{formatTime({ at: startsAt, timeZone })}</span>
        <span className="text-28">{fillIn(words.people, { count: partySize })}</span>
        <span className="w-full text-17 font-medium">{date}</span>
      </p>
      <p className="text-15 text-quiet print:hidden">{words.codeOffline}</p>
    </section>
  )
}
