import type { CheckIn } from './check-in.schema'

const CHECK_IN = /^(?:\/en|\/ko)?\/owner\/check-in\/([0-9a-f-]{36})\/?$/i
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The reservation that a diner's code names; null for any other code. */
export function readCode({
  text,
  origins,
}: {
  text: string
  /** The origins our own codes lead to. */
  origins: string[]
}): string | null {
  const url = URL.parse(text.trim())
  const id = url && origins.includes(url.origin) ? CHECK_IN.exec(url.pathname)?.[1] : undefined
  return id && UUID.test(id) ? id.toLowerCase() : null
}

/** The board that shows the party, with the party opened; the path has no language. */
export function linkToParty({
  slug,
  serviceDate,
  today,
  reservationId,
}: Pick<CheckIn, 'slug' | 'serviceDate' | 'reservationId'> & { today: string | null }): string {
  const asked = new URLSearchParams({
    restaurant: slug,
    // Without a date the board moves on with the restaurant's day.
    ...(serviceDate !== today && { date: serviceDate }),
    party: reservationId,
  })
  return `/owner?${asked}`
}
