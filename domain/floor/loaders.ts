import { createHash } from 'node:crypto'
import { z } from 'zod'
import { readPageWorker } from '@/domain/identity/loaders'
import { waiting } from '@/domain/line/waiting.schema'
import { listStaffRestaurants } from '@/domain/restaurant/queries'
import type { ServiceDate } from '@/domain/schedule/types'
import type { CheckIn } from './check-in.schema'
import { findCheckIn, readDay } from './queries'
import { type Day, type DayRestaurant, day, dayPageQuery, type FirstPanel } from './schema'

/**
 * Changes whenever the board's data take another shape, so that a browser reads no board that another
 * build's page has kept.
 */
export const boardShape = createHash('sha256')
  .update(
    JSON.stringify(
      [day, waiting].map((schema) => z.toJSONSchema(schema, { unrepresentable: 'any' })),
    ),
  )
  .digest('hex')
  .slice(0, 16)

function decideFirstPanel({
  party,
  scan,
}: {
  party: string | undefined
  scan: '1' | undefined
}): FirstPanel {
  if (party) return { kind: 'PARTY', reservationId: party, isCheckedIn: true }
  return scan ? { kind: 'SCAN' } : null
}

/**
 * The restaurant and date in the URL, or else the visitor's first restaurant with tables, and
 * today. A restaurant the visitor does not work for is not found.
 */
export async function loadDayRestaurant(query: unknown): Promise<DayRestaurant> {
  const visitor = await readPageWorker()
  if (!visitor) return { state: 'SIGNED_OUT' }
  const { accountId } = visitor
  const { restaurant: slug, date = null, party, scan } = dayPageQuery.parse(query)
  const { items: restaurants, nextCursor } = await listStaffRestaurants({ accountId })
  // An admin may act for more restaurants than a page lists, and staff for an unpublished one.
  const listed = slug
    ? restaurants.find((candidate) => candidate.slug === slug)
    : (restaurants.find((candidate) => candidate.hasTables) ?? restaurants[0])
  if (!listed && !slug) return { state: 'NO_RESTAURANT' }
  const restaurant = listed ?? (await listStaffRestaurants({ accountId, slug, limit: 1 })).items[0]
  if (!restaurant) return { state: 'NOT_FOUND' }
  const state = restaurant.hasTables ? 'READY' : 'LINE_ONLY'
  const firstPanel = decideFirstPanel({ party, scan })
  const hasMore = nextCursor !== null
  return { state, restaurant, restaurants, hasMore, date, accountId, firstPanel }
}

/** Null: signed out meanwhile, or no longer on the restaurant's staff. */
export async function loadDay({
  restaurantId,
  date,
}: {
  restaurantId: string
  date: ServiceDate | null
}): Promise<Day | null> {
  const visitor = await readPageWorker()
  if (!visitor) return null
  const { accountId } = visitor
  const day = await readDay({ restaurantId, date: date ?? undefined, accountId })
  return day.ok ? day.value : null
}

const reservationId = z.uuid()

/**
 * Where a code read by a phone's own camera leads. NOT_FOUND: there is no such party for this
 * visitor.
 */
export async function loadCheckIn(
  id: string,
): Promise<
  { state: 'SIGNED_OUT' } | { state: 'NOT_FOUND' } | { state: 'FOUND'; checkIn: CheckIn }
> {
  const visitor = await readPageWorker()
  if (!visitor) return { state: 'SIGNED_OUT' }
  const asked = reservationId.safeParse(id)
  if (!asked.success) return { state: 'NOT_FOUND' }
  const found = await findCheckIn({ reservationId: asked.data, accountId: visitor.accountId })
  return found.ok ? { state: 'FOUND', checkIn: found.value } : { state: 'NOT_FOUND' }
}
