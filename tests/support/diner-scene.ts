import type { Locator, Page } from 'playwright-core'
import { pool } from '@/lib/db/database'
import {
  createReservation,
  createRestaurant,
  createSlot,
  createTable,
  readToday,
} from '@/prisma/factories'
import type { Restaurant } from '@/prisma/generated/client'
import { TIME_ZONE } from './time-zone'

const MINUTE_MS = 60_000

export interface DinerScene {
  restaurantId: string
  slug: string
  serviceDate: string
  /** In the order of the seatings, two hours from now and half an hour apart. */
  times: { at: Date; label: string; slotIds: string[] }[]
}

/** A restaurant with that many seatings today, each with the same tables (their party sizes). */
export async function setUpBoard({
  seatings = 4,
  tables = [{ minParty: 1, maxParty: 2 }],
  restaurant = {},
}: {
  seatings?: number
  tables?: { minParty: number; maxParty: number }[]
  restaurant?: Partial<Restaurant>
} = {}): Promise<DinerScene> {
  const { id: restaurantId, slug } = await createRestaurant(pool, {
    name: '금요일의 부엌',
    nameEn: 'Friday Kitchen',
    timeZone: TIME_ZONE,
    ...restaurant,
  })
  const serviceDate = await readToday(pool, restaurantId)
  const firstMs = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS + 120 * MINUTE_MS
  const times = Array.from({ length: seatings }, (_, index) => {
    const at = new Date(firstMs + index * 30 * MINUTE_MS)
    return { at, label: formatTime(at), slotIds: [] as string[] }
  })
  for (const time of times)
    for (const size of tables) {
      // Each slot has a table of its own, because seatings half an hour apart overlap.
      const { id: tableId } = await createTable(pool, { restaurantId, ...size })
      const slot = await createSlot(pool, { tableId, serviceDate, startsAt: time.at })
      time.slotIds.push(slot.id)
    }
  return { restaurantId, slug, serviceDate, times }
}

/** Another diner books this slot. */
export async function takeSlot(slotId: string | undefined): Promise<void> {
  await createReservation(pool, { slotId: slotId ?? '' })
}

/** As the board writes it. */
export function formatTime(at: Date): string {
  return new Intl.DateTimeFormat('ko', {
    timeZone: TIME_ZONE,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
}

/** The times on the board; those that can be tapped are buttons. */
export function timesOf(page: Page): Locator {
  return page.getByRole('list', { name: /^(시간|Time)$/ })
}

/** The button of a free time, once the page has the current state. */
export function timeButton(page: Page, label: string | RegExp): Locator {
  return timesOf(page).locator('button[aria-disabled="false"]').filter({ hasText: label })
}

export function sheetOf(page: Page): Locator {
  return page.getByRole('dialog')
}

export async function readReservations(
  restaurantId: string,
): Promise<{ id: string; status: string; note: string | null; startsAt: Date }[]> {
  const { rows } = await pool.query(
    `SELECT id, status::text, note, starts_at AS "startsAt" FROM reservations
      WHERE restaurant_id = $1 ORDER BY created_at`,
    [restaurantId],
  )
  return rows
}
