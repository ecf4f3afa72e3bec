import { z } from 'zod'
import { readAsAdmin, readPageVisitor } from '@/domain/identity/loaders'
import { readLink } from '@/lib/crypto/link-token'
import { readDatabaseClock } from '@/lib/db/clock'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import type { DeletionPreview } from './delete-account.schema'
import {
  findLinkedReservation,
  findOwnReservation,
  listOwnReservations,
  previewDeletion,
} from './queries'
import { fillInDay } from './rules'
import { reservationPageQuery } from './schema'
import { searchReservations } from './search.queries'
import { reservationSearch } from './search.schema'
import type { ReservationView } from './types'

const reservationId = z.uuid()

/** Null: there is none, or it is somebody else's; nobody is told which. */
export async function loadOwnReservation({
  dinerId,
  id,
}: {
  dinerId: string
  id: string
}): Promise<ReservationView | null> {
  const asked = reservationId.safeParse(id)
  return asked.success ? findOwnReservation({ dinerId, reservationId: asked.data }) : null
}

/** One page of a diner's reservations, and the instant by the clock that judges them. */
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

/** One page of reservations as an address asks for it. Null: no admin looks. */
export function loadReservations(given: unknown) {
  return readAsAdmin(async () => {
    const now = await readDatabaseClock()
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: ADMIN_TIME_ZONE }).format(now)
    const query = fillInDay({ search: reservationSearch.parse(given), today })
    return { ...(await searchReservations(query)), query }
  })
}

/** What a mailed link would give back, read and nothing more. Null: no link of ours. */
export async function loadLinkedReservation(token: string) {
  const id = readLink({ kind: 'cancel', token })
  return id ? findLinkedReservation(id) : null
}

/** For whoever looks at the page. Null: nobody signed in. */
export async function loadDeletionPreview(): Promise<DeletionPreview | null> {
  const visitor = await readPageVisitor()
  return visitor && previewDeletion(visitor.accountId)
}
