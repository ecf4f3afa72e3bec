import { z } from 'zod'
import { readDatabaseClock } from '@/lib/db/clock'
import { findOwnReservation, listOwnReservations } from './queries'
import { reservationPageQuery } from './schema'
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
