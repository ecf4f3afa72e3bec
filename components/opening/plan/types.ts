import type { Messages } from '@/lib/i18n/messages'

export type PlanRestaurant = {
  id: string
  slug: string
  /** Its service date. */
  today: string
  /** By the database's clock when the page was made. */
  now: string
  timeZone: string
  sameDayOnly: boolean
  seatingMinutes: number
  version: number
}
export type PlanWords = Messages['planning']
