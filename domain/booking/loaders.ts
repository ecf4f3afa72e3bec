import { z } from 'zod'
import { readAsAdmin, readPageVisitor } from '@/domain/identity/loaders'
import { type CalendarFile, writeReservationCalendar } from '@/domain/notification/calendar.rules'
import { loadStaffRestaurant } from '@/domain/restaurant/loaders'
import { findRestaurant } from '@/domain/restaurant/queries'
import { signMailboxLink } from '@/lib/crypto/link-token'
import { readDatabaseClock } from '@/lib/db/clock'
import { env } from '@/lib/env'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import type { Locale } from '@/lib/i18n/locale'
import { readLocalDate } from '@/lib/i18n/moment'
import { readMailbox } from '@/lib/mail/mail-address'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { DeletionPreview } from './delete-account.schema'
import { listDisputes } from './dispute.queries'
import {
  findLinkedReservation,
  findOwnReservation,
  listOwnReservations,
  previewDeletion,
} from './queries'
import { fillInDay } from './rules'
import type { ReservationView } from './schema'
import { reservationPageQuery } from './schema'
import { searchReservations } from './search.queries'
import { reservationSearch } from './search.schema'

const reservationId = z.uuid()

/**
 * The reservation, and the database's instant by which it is judged. Null: there is no such
 * reservation, or it belongs to another diner; the two look alike.
 */
export async function loadOwnReservation({
  dinerId,
  id,
}: {
  dinerId: string
  id: string
}): Promise<{ reservation: ReservationView; now: Date } | null> {
  const asked = reservationId.safeParse(id)
  if (!asked.success) return null
  const [reservation, now] = await Promise.all([
    findOwnReservation({ dinerId, reservationId: asked.data }),
    readDatabaseClock(),
  ])
  return reservation && { reservation, now }
}

/**
 * What the choices of a change need: the restaurant's bounds, and its date at this moment. Null: it is
 * not open to bookings any more.
 */
export async function loadChangeable({ slug }: { slug: string }) {
  const found = await findRestaurant({ idOrSlug: slug })
  if (!found?.hasTables) return null
  const { id, timeZone, sameDayOnly, horizonDays, today } = found
  const bounds = { minParty: found.minParty ?? 1, maxParty: found.maxParty ?? 1 }
  return { restaurant: { id, timeZone, sameDayOnly, horizonDays, ...bounds }, today }
}

/** The visitor's reservation as a calendar file, with the same entry as the mail, and its date. */
export async function loadOwnCalendar({
  id,
  locale,
}: {
  id: string
  locale: Locale
}): Promise<Result<CalendarFile & { serviceDate: string }, 'signed-out' | 'not-found'>> {
  const visitor = await readPageVisitor()
  if (!visitor) return refuse('signed-out')
  const found = await loadOwnReservation({ dinerId: visitor.accountId, id })
  if (!found) return refuse('not-found')
  const { reservation, now: stampedAt } = found
  const file = writeReservationCalendar({
    reservation,
    locale,
    appUrl: env.APP_URL,
    organizer: readMailbox(env.MAIL_FROM),
    stampedAt,
  })
  return succeed({ ...file, serviceDate: reservation.serviceDate })
}

/** One page of a diner's reservations, and the database's instant by which they are judged. */
export async function loadOwnReservations({
  dinerId,
  cursor,
}: {
  dinerId: string
  cursor: string | string[] | undefined
}) {
  const query = reservationPageQuery.safeParse(cursor === undefined ? {} : { cursor }).data
  const [page, now] = await Promise.all([
    listOwnReservations({ dinerId, ...(query ?? reservationPageQuery.parse({})) }),
    readDatabaseClock(),
  ])
  return { ...page, now }
}

/** One page of reservations, filtered by the URL's parameters. Null: the visitor is no admin. */
export function loadReservations(given: unknown) {
  return readAsAdmin(async () => {
    const now = await readDatabaseClock()
    const today = readLocalDate({ at: now, timeZone: ADMIN_TIME_ZONE })
    const query = fillInDay({ search: reservationSearch.parse(given), today })
    return { ...(await searchReservations(query)), query }
  })
}

/**
 * The reservation behind a mailed link, and the database's instant; only reads. Null: the link is not
 * ours.
 */
export async function loadLinkedReservation(token: string) {
  const asked = { kind: 'cancel' as const, token }
  const [found, now] = await Promise.all([findLinkedReservation(asked), readDatabaseClock()])
  return found && { ...found, now }
}

/**
 * A reservation as its mailed link shows it, with the link that acts on it. Null: the link is not ours.
 * `reservation` null: it was mailed to a mailbox that is no longer its person's.
 */
export async function loadShownReservation(token: string): Promise<{
  reservation: ReservationView | null
  cancelToken: string
  now: Date
} | null> {
  const found = await findLinkedReservation({ kind: 'reservation', token })
  if (!found) return null
  const now = await readDatabaseClock()
  const { mailbox, reservation } = found
  if (mailbox === null) return { reservation: null, cancelToken: '', now }
  const cancelToken = signMailboxLink({ kind: 'cancel', id: reservation.id, mailbox })
  return { reservation, cancelToken, now }
}

/** One page of a restaurant's disputes, for all its staff. Null: the visitor does not work there. */
export async function loadDisputes({
  slug,
  cursor,
}: {
  slug: string
  cursor: string | string[] | undefined
}) {
  const restaurant = await loadStaffRestaurant({ slug, rights: 'ANY' })
  if (!restaurant) return null
  const asked = typeof cursor === 'string' ? cursor : null
  return { restaurant, ...(await listDisputes({ restaurantId: restaurant.id, cursor: asked })) }
}

/** For the signed-in visitor. Null: no one is signed in. */
export async function loadDeletionPreview(): Promise<DeletionPreview | null> {
  const visitor = await readPageVisitor()
  return visitor && previewDeletion(visitor.accountId)
}
