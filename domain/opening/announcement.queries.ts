import { createHash } from 'node:crypto'
import { pool } from '@/lib/db/db'
import { createSnapshots } from '@/lib/http/snapshot'
import { type Announced, writeAnnouncement } from './announcement.rules'

/** Of the table `openings AS o`. */
export const ANNOUNCED = `
  o.id, o.restaurant_id AS "restaurantId", o.service_date::text AS "serviceDate",
  iso_instant(o.created_at) AS "announcedAt", iso_instant(o.lobby_opens_at) AS "lobbyOpensAt",
  iso_instant(o.opens_at) AS "opensAt", iso_instant(o.gate_until) AS "gateUntil", o.order_by AS "orderBy",
  coalesce(o.announced_turns_per_second, 0) AS "turnsPerSecond", o.commitment, o.beacon,
  o.beacon_round::int AS "beaconRound"`

/** sha256 of what was announced, hex: the same for ever. */
export function hashAnnouncement(announced: Announced): string {
  return createHash('sha256').update(writeAnnouncement(announced)).digest('hex')
}

const announcements = createSnapshots({
  build: async (id: string) => {
    const { rows } = await pool.query<Announced>(
      `SELECT ${ANNOUNCED} FROM openings o WHERE o.id = $1`,
      [id],
    )
    const [announced] = rows
    if (!announced) throw new Error('there is no such opening')
    const hash = hashAnnouncement(announced)
    return { data: hash, content: hash, body: hash }
  },
})

/** The hash that the receipts of an opening carry; asked of Postgres once a second at most. */
export async function readAnnouncementHash(openingId: string): Promise<string> {
  return (await announcements.get(openingId)).data
}
