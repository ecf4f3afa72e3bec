import type { z } from 'zod'
import type { kioskHouse } from './kiosk.schema'

/** A tablet at the door, as its owner sees it. Instants are ISO 8601. */
export type Kiosk = {
  id: string
  name: string
  createdAt: string
  /** Null: it has not been used yet. */
  lastTicketAt: string | null
}

export type KioskHouse = z.infer<typeof kioskHouse>
