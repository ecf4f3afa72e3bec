import { pool } from '@/lib/db/database'

const CONTRADICTIONS: Record<string, string> = {
  'a slot promised to two parties': `
    SELECT c.slot_id FROM reservation_slots c JOIN reservations v ON v.id = c.reservation_id
     WHERE NOT c.moved_away AND (v.status IN ('CONFIRMED', 'SEATED') OR (v.status = 'HELD' AND v.hold_expires_at > now()))
     GROUP BY 1 HAVING count(*) > 1`,
  'an active reservation whose slot reads as free': `
    SELECT v.id FROM reservations v JOIN reservation_slots c ON c.reservation_id = v.id JOIN slots s ON s.id = c.slot_id
     WHERE (v.status IN ('CONFIRMED', 'SEATED') OR (v.status = 'HELD' AND v.hold_expires_at > now()))
       AND NOT c.moved_away AND (c.released_at IS NOT NULL OR NOT s.taken OR s.held_until <= now())`,
  'an active reservation without a slot': `
    SELECT v.id FROM reservations v
     WHERE (v.status IN ('CONFIRMED', 'SEATED') OR (v.status = 'HELD' AND v.hold_expires_at > now()))
       AND NOT EXISTS (SELECT FROM reservation_slots c WHERE c.reservation_id = v.id AND c.released_at IS NULL)`,
  'a taken slot that nobody occupies': `
    SELECT s.id FROM slots s WHERE s.taken AND (s.held_until IS NULL OR s.held_until > now())
       AND NOT EXISTS (SELECT 1 FROM reservation_slots c JOIN reservations v ON v.id = c.reservation_id
                        WHERE c.slot_id = s.id AND c.released_at IS NULL AND v.status IN ('HELD', 'CONFIRMED', 'SEATED'))`,
  'an ended reservation that still holds its slot': `
    SELECT v.id FROM reservations v JOIN reservation_slots c ON c.reservation_id = v.id
     WHERE c.released_at IS NULL AND v.status NOT IN ('HELD', 'CONFIRMED', 'SEATED')`,
  'a seated party without its tables': `
    SELECT v.id FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
      JOIN reservation_slots c ON c.reservation_id = v.id AND c.released_at IS NULL JOIN slots s ON s.id = c.slot_id
     WHERE v.status = 'SEATED' AND NOT is_seating_over(v.status, v.seated_at, r.time_zone, r.day_cut_minutes)
       AND NOT EXISTS (SELECT FROM occupancies o WHERE o.reservation_id = v.id AND o.table_id = s.table_id AND o.ended_at IS NULL)`,
  'a table kept by a party that does not sit': `
    SELECT o.id FROM occupancies o JOIN reservations v ON v.id = o.reservation_id
     WHERE o.ended_at IS NULL AND v.status <> 'SEATED'`,
  'a table with two seated parties': `
    SELECT s.table_id FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
      JOIN reservation_slots c ON c.reservation_id = v.id AND c.released_at IS NULL JOIN slots s ON s.id = c.slot_id
     WHERE v.status = 'SEATED' AND NOT is_seating_over(v.status, v.seated_at, r.time_zone, r.day_cut_minutes)
     GROUP BY 1 HAVING count(DISTINCT v.id) > 1`,
  'a reservation without its author in the audit log': `
    SELECT v.id FROM reservations v WHERE NOT EXISTS (SELECT 1 FROM audit_events e WHERE e.subject_id = v.id)`,
}

/** Every contradiction of G1, G6 or G21 in the rows at this instant, by name. */
export async function findContradictions(): Promise<string[]> {
  const found: string[] = []
  for (const [name, query] of Object.entries(CONTRADICTIONS)) {
    const { rowCount } = await pool.query(query)
    if (rowCount) found.push(`${name} (${rowCount})`)
  }
  return found
}
