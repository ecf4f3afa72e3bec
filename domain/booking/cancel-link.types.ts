import type { ReservationView } from './types'

/** What a link to give a table back can still do. `OVER`: its time has come, or it was settled. */
export type CancelLinkState = 'OPEN' | 'CANCELLED' | 'OVER'

export type LinkedReservation = {
  dinerId: string
  reservation: ReservationView
  state: CancelLinkState
}
