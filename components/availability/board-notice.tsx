import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { BoardState } from '@/domain/availability/board.schema'
import { canBeBooked, type Offer } from '@/domain/availability/offer.rules'
import type { Messages } from '@/lib/i18n/messages'

type Words = Messages['booking']['board']
type Facts = {
  state: BoardState
  offers: Offer[]
  partySize: number
  day: string
  /** The time of this reading, to the second, with its date unless that is today's. */
  asOf: string
  isOnlyToday: boolean
  words: Words
}
type Notice = {
  tone: 'refusal' | 'waiting' | 'quiet'
  title: string
  /** The title without its running seconds, for screen readers. */
  spoken?: string
  next: string
} | null

/** Decides what keeps the diner from booking this date and what helps; null when nothing does. */
function decideNotice({ state, offers, partySize, day, asOf, isOnlyToday, words }: Facts): Notice {
  switch (state) {
    case 'BOOKINGS_OFF':
      return { tone: 'quiet', title: words.bookingsOff, next: words.bookingsOffNext }
    case 'CLOSED':
      return {
        tone: 'quiet',
        title: fillIn(words.closed, { day }),
        next: isOnlyToday ? words.closedToday : words.closedNext,
      }
    case 'PAST':
      return {
        tone: 'quiet',
        title: fillIn(words.past, { day }),
        next: isOnlyToday ? words.pastToday : words.pastNext,
      }
    case 'SOLD_OUT':
      return {
        tone: 'refusal',
        title: fillIn(words.soldOut, { day, time: asOf }),
        spoken: fillIn(words.soldOutSpoken, { day }),
        next: isOnlyToday ? words.soldOutNext : `${words.soldOutNext} ${words.soldOutOther}`,
      }
    case 'NOT_OPEN_YET':
      return null
    case 'OPEN':
      if (offers.some(canBeBooked)) return null
      return {
        tone: 'waiting',
        title: fillIn(words.noneForParty, { day, count: partySize }),
        next: offers.some((offer) => offer.state === 'held') ? words.heldHint : words.soldOutNext,
      }
  }
}

export function BoardNotice(facts: Facts) {
  const notice = decideNotice(facts)
  if (!notice) return null
  const { tone, title, spoken, next } = notice
  return (
    <StatusMessage
      tone={tone}
      title={
        <>
          {spoken && <span className="sr-only">{spoken}</span>}
          <span aria-hidden={spoken ? true : undefined}>{title}</span>
        </>
      }
    >
      <p className="text-15">{next}</p>
    </StatusMessage>
  )
}
