import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { readToday } from '@/prisma/factories'
import { setUpRestaurant } from './booking-restaurant'
import { bookAs } from './booking-scene'
import { miss } from './no-show-scene'

/** A no-show of a diner on the restaurant's service date before this one. */
export async function missYesterday(of: { dinerId: string; restaurantId: string }) {
  const today = await readToday(pool, of.restaurantId)
  return miss({ ...of, serviceDate: addDays({ date: today, days: -1 }) })
}

/** A restaurant that confirms by hand what a diner with one no-show books; `dinerId` has it. */
export async function setUpStaffHolds({
  tables = [{ maxParty: 2 }, { maxParty: 4 }],
  restaurant = {},
}: {
  tables?: { maxParty: number }[]
  restaurant?: object
} = {}) {
  const rule = { noShowLimit: 1, noShowMonths: 6, holdsAfterNoShows: true }
  const { scene, ...people } = await setUpRestaurant(tables, { ...rule, ...restaurant })
  const { restaurantId } = scene
  const { dinerId } = people
  const missed = await missYesterday({ dinerId, restaurantId })
  const book = async (as = dinerId) => {
    const booked = await bookAs(as, scene)
    if (!booked.ok) throw new Error(booked.reason)
    return booked.value.reservation
  }
  return { scene, restaurantId, missed, book, ...people }
}
