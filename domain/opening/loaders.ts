import { cache } from 'react'
import { z } from 'zod'
import { readAsAdmin } from '@/domain/identity/loaders'
import { findRestaurant } from '@/domain/restaurant/queries'
import { readDatabaseClock } from '@/lib/db/clock'
import { env } from '@/lib/env'
import type { Locale } from '@/lib/i18n/locale'
import { readMailbox } from '@/lib/mail/mail-address'
import { writeOpeningCalendar } from './calendar.rules'
import { countUsualSlots, listAnyOpenings, listOwnOpenings } from './list.queries'
import { anyOpeningQuery, openingListQuery } from './list.schema'
import { readOpening } from './queries'
import { findRecurringOpening } from './recurring.queries'
import type { Opening } from './schema'

/** An opening, as its page renders it before its own script polls. Null: no such opening. */
export const loadOpening = cache(async (id: string): Promise<Opening | null> => {
  const asked = z.uuid().safeParse(id)
  return asked.success ? (await readOpening(asked.data)).data : null
})

/** An opening as a calendar file. Null: no such opening, or its restaurant is not shown. */
export async function loadOpeningCalendar({ id, locale }: { id: string; locale: Locale }) {
  const opening = await loadOpening(id)
  const restaurant = opening && (await findRestaurant({ idOrSlug: opening.restaurantId }))
  if (!restaurant) return null
  const organizer = readMailbox(env.MAIL_FROM)
  const asked = { opening, restaurant, locale, appUrl: env.APP_URL, organizer }
  return { ...writeOpeningCalendar(asked), serviceDate: opening.serviceDate }
}

type SearchParams = Record<string, string | string[] | undefined>

/** The page's URL parameters; invalid ones count as absent. */
function readQuery({ show, cursor }: SearchParams) {
  const asked = openingListQuery.safeParse({
    ...(typeof show === 'string' && { show }),
    ...(typeof cursor === 'string' && { cursor }),
    limit: 10,
  })
  return asked.data ?? openingListQuery.parse({ limit: 10 })
}

/**
 * Everything the page of a restaurant's openings shows; the page has checked the visitor's rights.
 */
export async function loadOwnOpenings({
  restaurantId,
  given,
}: {
  restaurantId: string
  given: SearchParams
}) {
  const query = readQuery(given)
  const [page, recurring, usualSlots, now] = await Promise.all([
    listOwnOpenings({ restaurantId, ...query }),
    findRecurringOpening(restaurantId),
    countUsualSlots(restaurantId),
    readDatabaseClock(),
  ])
  return { ...page, query, recurring, usualSlots, now: now.toISOString() }
}

/** One page of all openings. Null: the visitor is no admin. */
export function loadAnyOpenings(given: unknown) {
  return readAsAdmin(async () => {
    const query = anyOpeningQuery.parse(given)
    return { ...(await listAnyOpenings(query)), query }
  })
}
