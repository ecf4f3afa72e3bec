import { createReservation } from '../factories'
import type { Database } from '../rows'
import { drawChance, shuffle } from './chance'

type OfferedSlot = {
  id: string
  startsAt: Date
  endsAt: Date
  minParty: number
  maxParty: number
}

const notes = ['창가 자리 부탁드려요.', '아이 의자가 하나 필요해요.', '부모님 생신이에요.']
const BOOKED_TODAY = 14
const BOOKED_TOMORROW = 9
const MOST_BOOKED_LATER = 6

/**
 * Lets diners book some slots of a new service date, fewer the further ahead it is. A diner books
 * once a date, wherever it is: no two of their reservations overlap, and nobody hoards.
 */
export async function bookSomeSlots(asked: {
  db: Database
  restaurantId: string
  slug: string
  serviceDate: string
  daysAhead: number
  dinerIds: readonly string[]
  now: Date
}): Promise<number> {
  const { db, slug, serviceDate, now } = asked
  const slots = shuffle(await listSlots(asked), slug, serviceDate, 'slots')
  const diners = await listIdleDiners(asked)
  const booked = slots.slice(0, Math.min(countBookings(asked), diners.length))
  for (const [index, slot] of booked.entries()) {
    const chance = drawChance(slug, serviceDate, index)
    const status = pickStatus({ slot, now, chance })
    // A party without a booking is a walk-in.
    const walkIn = status === 'SEATED' && chance > 0.8
    await createReservation(db, {
      slotId: slot.id,
      dinerId: walkIn ? null : diners[index],
      walkIn,
      partySize: pickPartySize({ slot, chance }),
      status,
      note: walkIn ? null : notes[Math.floor(chance * 12)],
    })
  }
  return booked.length
}

/** Those without a reservation that date, with the fewest to come first. */
async function listIdleDiners({
  db,
  slug,
  serviceDate,
  dinerIds,
  now,
}: {
  db: Database
  slug: string
  serviceDate: string
  dinerIds: readonly string[]
  now: Date
}): Promise<string[]> {
  const { rows } = await db.query<{ id: string; coming: number }>(
    `SELECT a.id, count(v.id) FILTER (WHERE v.starts_at > $3)::int AS coming
       FROM unnest($1::uuid[]) WITH ORDINALITY AS a (id, turn) LEFT JOIN reservations v ON v.diner_id = a.id
      GROUP BY a.id, a.turn HAVING count(v.id) FILTER (WHERE v.service_date = $2) = 0 ORDER BY a.turn`,
    [dinerIds, serviceDate, now],
  )
  return shuffle(rows, slug, serviceDate, 'diners')
    .toSorted((one, other) => one.coming - other.coming)
    .map(({ id }) => id)
}

function countBookings(asked: { slug: string; serviceDate: string; daysAhead: number }): number {
  if (asked.daysAhead === 0) return BOOKED_TODAY
  if (asked.daysAhead === 1) return BOOKED_TOMORROW
  return Math.floor(drawChance(asked.slug, asked.serviceDate) * (MOST_BOOKED_LATER + 1))
}

/** Past parties have left, current ones sit, and now and then one was a no-show. */
function pickStatus({ slot, now, chance }: { slot: OfferedSlot; now: Date; chance: number }) {
  if (slot.endsAt <= now) return chance < 0.1 ? 'NO_SHOW' : 'LEFT'
  if (slot.startsAt <= now) return 'SEATED'
  return chance < 0.08 ? 'CANCELLED' : 'CONFIRMED'
}

function pickPartySize({ slot, chance }: { slot: OfferedSlot; chance: number }): number {
  const isFull = chance > 0.4
  return isFull ? slot.maxParty : Math.max(slot.minParty, slot.maxParty - 1)
}

async function listSlots({
  db,
  restaurantId,
  serviceDate,
}: {
  db: Database
  restaurantId: string
  serviceDate: string
}): Promise<OfferedSlot[]> {
  const { rows } = await db.query<OfferedSlot>(
    `SELECT s.id, s.starts_at AS "startsAt", s.ends_at AS "endsAt",
            s.min_party AS "minParty", s.max_party AS "maxParty"
       FROM slots s JOIN restaurant_tables t ON t.id = s.table_id
      WHERE s.restaurant_id = $1 AND s.service_date = $2
      ORDER BY s.starts_at, t.number`,
    [restaurantId, serviceDate],
  )
  return rows
}
