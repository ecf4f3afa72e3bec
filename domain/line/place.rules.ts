import { isActive } from './rules'
import type { LineSnapshot, TicketView } from './schema'
import type { TicketStatus } from './types'

type Entry = LineSnapshot['tickets'][number]
type Own = Pick<TicketView, 'number' | 'status' | 'place' | 'serviceDate' | 'now'>
type Line = Pick<LineSnapshot, 'serviceDate' | 'asOf' | 'tickets'>

/** The place of a number in a line: 1 is the next. Null: it is not in the line. */
export function findPlace({ tickets, number }: { tickets: Entry[]; number: number }) {
  const at = tickets.findIndex((entry) => entry.number === number)
  return at === -1 ? null : at + 1
}

/** The public line, if it is of the ticket's day and was read after the ticket. */
function pickNewer({ own, line }: { own: Own; line: Line | null }): Line | null {
  if (line === null || line.serviceDate !== own.serviceDate) return null
  return Date.parse(line.asOf) > Date.parse(own.now) ? line : null
}

/** The state last shown to a party. `asOf`: when that was true. */
export type Shown = { status: TicketStatus; place: number | null; asOf: string }

/**
 * Status and place from the later of two reads: the public line, or the ticket itself. A ticket
 * that has left the public line keeps its last shown state until it is read again, so it never
 * returns to an earlier place.
 */
export function followTicket({
  own,
  line,
  shown,
}: {
  own: Own
  line: Line | null
  shown: Shown | null
}): Shown {
  const newer = pickNewer({ own, line })
  const place = newer && findPlace({ tickets: newer.tickets, number: own.number })
  const entry = place === null ? undefined : newer?.tickets[place - 1]
  if (newer && entry) return { status: entry.status, place, asOf: newer.asOf }
  if (shown && Date.parse(shown.asOf) > Date.parse(own.now)) return shown
  return { status: own.status, place: own.place, asOf: own.now }
}

/**
 * Whether the public line shows that the ticket has changed in a way only the ticket itself can
 * tell.
 */
export function needsAnotherLook({ own, line }: { own: Own; line: Line | null }): boolean {
  if (line !== null && line.serviceDate !== own.serviceDate) return isActive(own.status)
  const newer = pickNewer({ own, line })
  if (!newer) return false
  const entry = newer.tickets.find(({ number }) => number === own.number)
  return entry ? entry.status !== own.status : isActive(own.status)
}

/**
 * The numbers a party may go behind, and its approximate place then: others may have gone behind
 * the same number before, which the public line does not show.
 */
export function listBehind({
  tickets,
  number,
}: {
  tickets: Entry[]
  number: number
}): { number: number; place: number }[] {
  const place = findPlace({ tickets, number })
  if (place === null) return []
  return tickets.slice(place).map((entry, index) => ({
    number: entry.number,
    // Every party up to the named one moves up by the place that becomes free.
    place: place + index + 1,
  }))
}
