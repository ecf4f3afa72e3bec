import { nameRestaurant } from '@/components/restaurant/restaurant-words'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { TicketView } from '@/domain/line/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { TicketMark } from './ticket-mark'

/** The lines the diner stands in now, above everything that is for later. */
export function OwnTickets({
  tickets,
  locale,
  words,
}: {
  tickets: TicketView[]
  locale: Locale
  words: Messages['line']
}) {
  if (tickets.length === 0) return null
  return (
    <section aria-labelledby="waiting" className="flex flex-col gap-3">
      <h2 id="waiting" className="text-20 font-bold">
        {words.own.title}
      </h2>
      <ul className="flex flex-col gap-3">
        {tickets.map((ticket) => (
          <li key={ticket.id}>
            <TicketCard ticket={ticket} locale={locale} words={words.ticket} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function TicketCard({
  ticket: { id, number, place, status, partySize, restaurant },
  locale,
  words,
}: {
  ticket: TicketView
  locale: Locale
  words: Messages['line']['ticket']
}) {
  const name = nameRestaurant({ restaurant, locale })
  return (
    <article className="relative flex flex-col gap-1 rounded-card border-2 border-accent bg-raised p-4">
      <div className="flex items-start justify-between gap-3">
        <h3 className="font-bold" lang={name.lang}>
          <PageLink
            href={`/tickets/${id}`}
            locale={locale}
            className="text-ink no-underline after:absolute after:inset-0 after:rounded-card"
          >
            {name.text}
          </PageLink>
        </h3>
        <TicketMark status={status} words={words.status} />
      </div>
      <p className="text-20 font-semibold tabular-nums">
        {place !== null && `${fillIn(words.placeOf, { place })} · `}
        {fillIn(words.people, { count: partySize })}
      </p>
      <p className="text-15 text-quiet tabular-nums">
        {words.number} {fillIn(words.numberOf, { number })}
      </p>
    </article>
  )
}
