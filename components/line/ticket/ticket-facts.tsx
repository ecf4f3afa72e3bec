import type { ReactNode } from 'react'
import { MapLinks } from '@/components/restaurant/map-links'
import { linkToPhone } from '@/components/restaurant/restaurant-words'
import { fillIn } from '@/components/ui/words'
import type { TicketView } from '@/domain/line/schema'
import type { Locale } from '@/lib/i18n/locale'
import { nameMoment } from '@/lib/i18n/moment'
import type { TicketWords } from './words'

const link =
  '-my-2 inline-flex min-h-12 items-center font-medium text-ink underline decoration-quiet underline-offset-4 hover:decoration-ink'

/** What the party asked for, and the restaurant's address and phone. */
export function TicketFacts({
  ticket: { partySize, dining, takenAt, serviceDate, restaurant },
  locale,
  words,
}: {
  ticket: TicketView
  locale: Locale
  words: TicketWords['ticket']
}) {
  const { timeZone, address, phone } = restaurant
  return (
    <section aria-label={words.facts}>
      <dl className="flex flex-col rounded-card border border-line bg-raised px-5 py-2">
        <Fact name={words.party}>
          <span className="tabular-nums">
            {fillIn(words.people, { count: partySize })} · {words[dining]}
          </span>
        </Fact>
        <Fact name={words.takenAt}>
          <time dateTime={takenAt} className="tabular-nums">
            {nameMoment({ at: takenAt, serviceDate, timeZone, locale })}
          </time>
        </Fact>
        <Fact name={words.address}>
          <span lang="ko">{address}</span>{' '}
          <MapLinks restaurant={{ ...restaurant, mapUrl: null }} words={words} />
        </Fact>
        <Fact name={words.phone}>
          <a href={linkToPhone(phone)} className={`${link} tabular-nums`}>
            {phone}
          </a>
        </Fact>
      </dl>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 border-line py-1 not-last:border-b">
      <dt className="flex min-h-12 w-20 shrink-0 items-center text-15 text-quiet">{name}</dt>
      <dd className="flex min-h-12 min-w-0 flex-wrap items-center gap-x-3 py-2">{children}</dd>
    </div>
  )
}
