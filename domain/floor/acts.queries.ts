import { z } from 'zod'
import { readStaffRole } from '@/domain/restaurant/queries'
import { cutPage, readCursor } from '@/lib/db/cursor'
import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { ActPage, FloorAct } from './acts.schema'

/** What is done on the floor; what owners do to the restaurant is theirs to read. */
const ON_THE_FLOOR = `('RESERVATION', 'TICKET', 'LINE', 'SLOT', 'CLOSURE', 'SHIFT_NOTE')`

const LIST = `
  SELECT e.id, iso_instant(e.at) AS at, e.act,
         json_build_object('role', e.actor_role,
           'name', CASE WHEN e.actor_role IN ('OWNER', 'STAFF') AND EXISTS (
             SELECT FROM restaurant_staff m WHERE m.account_id = e.actor_id AND m.restaurant_id = e.restaurant_id)
                   THEN actor.name END) AS by,
         CASE WHEN v.id IS NOT NULL THEN json_build_object('reservationId', v.id, 'serviceDate', v.service_date,
           'startsAt', iso_instant(v.starts_at), 'partySize', v.party_size, 'walkIn', v.walk_in,
           'name', coalesce(p.name, g.name)) END AS party,
         k.number AS "ticketNumber",
         CASE WHEN t.number IS NOT NULL THEN json_build_array(t.number)
              WHEN e.subject = 'CLOSURE' THEN coalesce(e.details->'tableNumbers', '[]')::json
              ELSE '[]' END AS "tableNumbers",
         e.undone_at IS NOT NULL AND e.act <> 'UNDO' AS "isUndone"
    FROM restaurants r
   CROSS JOIN LATERAL (SELECT coalesce($2::date, service_date_at(now(), r.time_zone, r.day_cut_minutes)) AS date) d
    JOIN audit_events e ON e.restaurant_id = r.id
     AND e.at >= (d.date + make_interval(mins => r.day_cut_minutes)) AT TIME ZONE r.time_zone
     AND e.at < (d.date + 1 + make_interval(mins => r.day_cut_minutes)) AT TIME ZONE r.time_zone
    LEFT JOIN accounts actor ON actor.id = e.actor_id
    LEFT JOIN reservations v ON e.subject = 'RESERVATION' AND v.id = e.subject_id
    LEFT JOIN accounts p ON p.id = v.diner_id LEFT JOIN guests g ON g.id = v.guest_id
    LEFT JOIN tickets k ON e.subject = 'TICKET' AND k.id = e.subject_id
    LEFT JOIN slots s ON e.subject = 'SLOT' AND s.id = e.subject_id
    LEFT JOIN restaurant_tables t ON t.id = s.table_id
   WHERE r.id = $1 AND e.subject IN ${ON_THE_FLOOR}
     AND ($3::timestamptz IS NULL OR (e.at, e.id) < ($3::timestamptz, $4::uuid))
   ORDER BY e.at DESC, e.id DESC LIMIT $5`

const listKey = z.tuple([z.iso.datetime(), z.uuid()])

/**
 * Who did what on a service date of a restaurant (default: today in its zone), from day cut to day cut, the
 * newest first; for its staff only. Diners are named as parties, never as actors. Refuses `not-found`, also
 * to everyone outside its staff.
 */
export async function listFloorActs({
  restaurantId,
  accountId,
  date,
  cursor,
  limit,
}: {
  restaurantId: string
  accountId: string
  date?: string | undefined
  cursor?: string | undefined
  limit: number
}): Promise<Result<ActPage, 'not-found'>> {
  if ((await readStaffRole({ accountId, restaurantId })) === null) return refuse('not-found')
  const [at = null, id = null] = readCursor(listKey, cursor) ?? []
  const { rows } = await pool.query<FloorAct>(LIST, [restaurantId, date ?? null, at, id, limit + 1])
  return succeed(cutPage({ rows, limit, keyOf: (last) => [last.at, last.id] }))
}
