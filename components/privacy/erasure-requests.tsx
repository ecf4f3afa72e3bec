import { fillIn } from '@/components/ui/words'
import type { ErasureRequest } from '@/domain/privacy/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDateOfYear, nameInstant } from '@/lib/i18n/moment'

/** Guests who asked to be forgotten: by their visits, because their names are gone already. */
export function ErasureRequests({
  requests,
  timeZone,
  locale,
  words,
}: {
  requests: ErasureRequest[]
  timeZone: string
  locale: Locale
  words: Messages['privacy']['guests']
}) {
  if (requests.length === 0) return <p className="text-quiet">{words.erasureNone}</p>
  const name = (at: string) => nameInstant({ at, timeZone, locale })
  return (
    <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-raised">
      {requests.map(({ id, askedAt, reservations, tickets }) => (
        <li key={id} className="flex flex-col gap-1 p-4">
          <p className="font-medium">{fillIn(words.askedAt, { time: name(askedAt) })}</p>
          <ul className="text-quiet">
            {reservations.map(({ startsAt, partySize }) => (
              <li key={startsAt}>
                {fillIn(words.visit, { time: name(startsAt), count: partySize })}
              </li>
            ))}
            {tickets.map(({ serviceDate, number }) => (
              <li key={`${serviceDate} ${number}`}>
                {fillIn(words.ticket, {
                  date: formatDateOfYear({ date: serviceDate, locale }),
                  number,
                })}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
