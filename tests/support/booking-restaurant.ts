import { moveReservation } from '@/domain/booking/move.commands'
import type { ReservationAct } from '@/domain/booking/types'
import { seatWalkIn } from '@/domain/booking/walk-in.commands'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { bookAs, createDinerIds, setUpSeating } from './booking-scene'

export async function setUpRestaurant(
  tables = [{ maxParty: 2 }, { maxParty: 4 }],
  restaurant = {},
) {
  const owner = await createAccount(pool, { role: 'OWNER' })
  const scene = await setUpSeating({
    tables,
    restaurant: { ...restaurant, ownerId: owner.id } as object,
  })
  const [dinerId = '', otherId = ''] = await createDinerIds(2)
  return { scene, ownerId: owner.id, dinerId, otherId }
}

export async function book(dinerId: string, scene: Awaited<ReturnType<typeof setUpSeating>>) {
  const booked = await bookAs(dinerId, scene)
  if (!booked.ok) throw new Error(booked.reason)
  return booked.value.reservation
}

/** The reservation's time comes; its table is free for others at the same times as before. */
export async function beginReservation(id: string): Promise<void> {
  await pool.query('UPDATE reservations SET starts_at = now() WHERE id = $1', [id])
}

export const actorOf = (accountId: string) => ({ accountId, address: null })
export const move = (
  reservationId: string,
  act: ReservationAct,
  accountId: string,
  scope: 'diner' | 'staff' | 'either' = 'staff',
) => moveReservation({ reservationId, act, actor: actorOf(accountId), scope })
export function walkIn(
  scene: { restaurantId: string },
  slotIds: string[],
  accountId: string,
  partySize = 2,
) {
  return seatWalkIn({
    restaurantId: scene.restaurantId,
    request: { partySize, slotIds },
    actor: actorOf(accountId),
  })
}
