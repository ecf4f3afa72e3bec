import { listDayOverviews, listDaySlots, readReadiness } from './month.queries'
import { type DaySchedule, spanMonth } from './month.rules'
import { serviceDate } from './schema'
import type { ServiceDate } from './types'

export async function loadMonth({ restaurantId, month }: { restaurantId: string; month: string }) {
  const [days, readiness] = await Promise.all([
    listDayOverviews({ restaurantId, ...spanMonth(month) }),
    readReadiness({ restaurantId }),
  ])
  return { days, readiness }
}

/** Null: not a date. */
export async function loadDaySchedule({
  restaurantId,
  date,
}: {
  restaurantId: string
  date: string
}): Promise<(DaySchedule & { date: ServiceDate }) | null> {
  const asked = serviceDate.safeParse(date)
  if (!asked.success) return null
  const [[overview], slots] = await Promise.all([
    listDayOverviews({ restaurantId, from: asked.data, to: asked.data }),
    listDaySlots({ restaurantId, date: asked.data }),
  ])
  return overview ? { overview, slots, date: asked.data } : null
}
