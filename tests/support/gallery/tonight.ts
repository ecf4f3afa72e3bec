import { pool } from '@/lib/db/database'
import { createRestaurant, createServiceDate, createSlot, createTable } from '@/prisma/factories'

const DAY_MS = 86_400_000

/** A restaurant whose service of today is over; its next free table is tomorrow's. */
export async function endTonight(): Promise<void> {
  const { id: restaurantId } = await createRestaurant(pool, {
    slug: 'morning',
    name: '아침상',
    nameEn: 'Breakfast Table',
    sameDayOnly: false,
    horizonDays: 7,
  })
  const { serviceDate } = await createServiceDate(pool, { restaurantId })
  const { id: tableId } = await createTable(pool, { restaurantId, minParty: 1, maxParty: 4 })
  const next = new Date(Date.parse(serviceDate) + DAY_MS).toISOString().slice(0, 10)
  await createSlot(pool, {
    tableId,
    serviceDate: next,
    startsAt: new Date(Date.now() + DAY_MS),
  })
}
