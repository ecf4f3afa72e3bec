import { cache } from 'react'
import { readAsAdmin, readPageVisitor, readPageWorker } from '@/domain/identity/loaders'
import { listNotices } from '@/domain/notification/history.queries'
import { noticeQuery } from '@/domain/notification/history.schema'
import { loadNoticeRecord } from '@/domain/notification/loaders'
import { hideAddresses, isAddressed, maskAddress } from '@/domain/notification/rules'
import { readLink } from '@/lib/crypto/link-token'
import { readDatabaseClock } from '@/lib/db/clock'
import { searchRestaurants } from './directory.queries'
import { restaurantQuery } from './directory.schema'
import { listAbandonedBy, listOwnerRequests } from './owner-approval.queries'
import { ownerListQuery } from './owner-approval.schema'
import { findRestaurant, findStaffRestaurant } from './queries'
import { restaurantListQuery } from './schema'
import { readDaySheetWish, readSlackState } from './settings.queries'
import { findInvitation, listInvitations, listStaff } from './staff.queries'
import type { OwnRestaurant, RestaurantListQuery } from './types'

/** Read once for a page and its title. Null: no restaurant has this slug. */
export const loadRestaurant = cache((slug: string) => findRestaurant({ idOrSlug: slug }))

type SearchParams = Record<string, string | string[] | undefined>

/**
 * The query of a page. The API refuses unknown parameters; a page opened from a link ignores them.
 */
export function readListQuery(given: SearchParams): RestaurantListQuery {
  const known = { keyword: given.keyword, category: given.category, region: given.region }
  const asked = restaurantListQuery.safeParse(dropUnset({ ...known, cursor: given.cursor }))
  return asked.data ?? restaurantListQuery.parse({})
}

function dropUnset(given: SearchParams) {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

const loadOwnRestaurant = cache(async (slug: string) => {
  const visitor = await readPageWorker()
  return visitor && findStaffRestaurant({ accountId: visitor.accountId, slug })
})

/**
 * A restaurant for its staff; read once for a page and its layout. `OWNER`: only for a visitor who
 * may change it, an approved owner or an admin. Null: the visitor isn't signed in, or has no rights
 * here.
 */
export async function loadStaffRestaurant({
  slug,
  rights,
}: {
  slug: string
  rights: 'OWNER' | 'ANY'
}): Promise<OwnRestaurant | null> {
  const restaurant = await loadOwnRestaurant(slug)
  return restaurant?.role === 'STAFF' && rights === 'OWNER' ? null : restaurant
}

/** The staff of a restaurant that the visitor may change: `loadStaffRestaurant` has checked it. */
export async function loadStaff(restaurantId: string) {
  const [members, invitations] = await Promise.all([
    listStaff(restaurantId),
    listInvitations(restaurantId),
  ])
  return { members, invitations }
}

/**
 * One page of the notices to a restaurant's guests and staff, with masked addresses, whether the
 * owner who views it wants the day sheet, and whether Slack is connected. The caller has already
 * been let in.
 */
export async function loadRestaurantNotices({
  restaurant,
  accountId,
  given,
}: {
  restaurant: { id: string; timeZone: string }
  accountId: string
  given: unknown
}) {
  const query = { ...noticeQuery.parse(given), person: null }
  const [page, wantsSheet, slack, record] = await Promise.all([
    listNotices({
      accountId: null,
      restaurantId: restaurant.id,
      timeZone: restaurant.timeZone,
      query,
    }),
    readDaySheetWish({ accountId, restaurantId: restaurant.id }),
    readSlackState(restaurant.id),
    loadNoticeRecord({ noticeId: query.shown, restaurantId: restaurant.id }),
  ])
  const items = page.items.map((line) => ({
    ...line,
    recipient: isAddressed(line) ? maskAddress(line.recipient) : '',
    // A mail server's error text repeats the refused address.
    lastError: line.lastError && hideAddresses(line.lastError),
  }))
  return { items, nextCursor: page.nextCursor, query, wantsSheet, slack, record }
}

/** Time zones to choose from, including `present` however this process spells it. */
export function loadTimeZones(present: string): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', present])].toSorted()
}

/** One page of restaurants as an address asks for it. Null: the visitor is not an admin. */
export function loadRestaurants(given: unknown) {
  return readAsAdmin(async () => {
    const query = restaurantQuery.parse(given)
    return { ...(await searchRestaurants(query)), query }
  })
}

/**
 * Reads the invitation behind a mailed link, without changing it. Null: not a link of ours, or its
 * invitation is gone.
 */
export const loadInvitation = cache(async (token: string) => {
  const id = readLink({ kind: 'invitation', token })
  if (!id) return null
  const visitor = await readPageVisitor()
  const found = await findInvitation({ id, accountId: visitor?.accountId ?? null })
  return found && { ...found, email: visitor?.email ?? null }
})

/** One page of owners as an address asks for it. Null: the visitor is not an admin. */
export function loadOwners(given: unknown) {
  return readAsAdmin(async () => {
    const query = ownerListQuery.parse(given)
    const [page, now] = await Promise.all([listOwnerRequests(query), readDatabaseClock()])
    const approved = page.items.filter(({ state }) => state === 'APPROVED').map(({ id }) => id)
    const abandoned = approved.length > 0 ? await listAbandonedBy(approved) : []
    const hides = new Map(abandoned.map(({ accountId, restaurants }) => [accountId, restaurants]))
    const items = page.items.map((owner) => ({ ...owner, alone: hides.get(owner.id) ?? [] }))
    return { ...page, items, query, asOf: now.toISOString() }
  })
}
