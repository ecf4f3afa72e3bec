import type { OutboxFigures } from '@/domain/notification/history.types'
import type { OwnerRequest } from '@/domain/restaurant/owner-approval.types'

/** Today as admins count it, from midnight in Korea, by the database's clock. */
export type TodayFigures = {
  booked: number
  walkIns: number
  cancelled: number
  newAccounts: number
  /** Owners with a confirmed address whom nobody has answered. */
  ownersWaiting: number
}

export type Overview = {
  today: TodayFigures
  outbox: OutboxFigures
  /** Those who wait longest. */
  owners: OwnerRequest[]
  /** The instant all of it was read at. */
  asOf: string
}
