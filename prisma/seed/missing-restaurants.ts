import type { Pool } from 'pg'
import { createHours, createRestaurant, createTable } from '../factories'
import type { Database } from '../rows'
import { listHours } from './hours'
import type { DemoRestaurant, TableClasses } from './restaurants'

const partyOf: Record<keyof TableClasses, { minParty: number; maxParty: number }> = {
  twos: { minParty: 1, maxParty: 2 },
  fours: { minParty: 2, maxParty: 4 },
  sixes: { minParty: 3, maxParty: 6 },
  eights: { minParty: 5, maxParty: 8 },
}

/** The ids by slug. Existing restaurants stay as their owners left them. */
export async function addMissingRestaurants({
  pool,
  restaurants,
  ownerId,
  report,
}: {
  pool: Pool
  restaurants: DemoRestaurant[]
  ownerId: string | undefined
  report: (line: string) => void
}): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ id: string; slug: string }>(
    'SELECT id, slug FROM restaurants WHERE slug = ANY ($1::text[])',
    [restaurants.map(({ slug }) => slug)],
  )
  const ids = new Map(rows.map(({ id, slug }) => [slug, id]))
  for (const restaurant of restaurants.filter(({ slug }) => !ids.has(slug))) {
    ids.set(restaurant.slug, await addRestaurant({ pool, restaurant, ownerId }))
    report(`Opened ${restaurant.name} (/restaurants/${restaurant.slug}).`)
  }
  return ids
}

/** All or nothing, so that an interrupted seed leaves no restaurant without tables. */
async function addRestaurant({
  pool,
  restaurant,
  ownerId,
}: {
  pool: Pool
  restaurant: DemoRestaurant
  ownerId: string | undefined
}): Promise<string> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const { id } = await createRestaurant(client, {
      ...restaurant,
      ownerId: restaurant.isOwnedByDemoOwner ? ownerId : undefined,
    })
    for (const party of listParties(restaurant.tables)) {
      await createTable(client, { restaurantId: id, ...party })
    }
    for (const stretch of listHours(restaurant))
      await createHours(client, { ...stretch, restaurantId: id })
    if (restaurant.closure)
      await addClosure({ db: client, restaurantId: id, ...restaurant.closure })
    await client.query('COMMIT')
    return id
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

async function addClosure(asked: {
  db: Database
  restaurantId: string
  daysAhead: number
  reason: string
}): Promise<void> {
  await asked.db.query(
    `INSERT INTO restaurant_closures (restaurant_id, closed_date, reason)
     SELECT id, service_date_at(now(), time_zone, day_cut_minutes) + $2::int, $3
       FROM restaurants WHERE id = $1`,
    [asked.restaurantId, asked.daysAhead, asked.reason],
  )
}

function listParties(tables: TableClasses = { twos: 0, fours: 0 }) {
  const { twos, fours, sixes = 0, eights = 0 } = tables
  return [
    ...Array.from({ length: twos }, () => partyOf.twos),
    ...Array.from({ length: fours }, () => partyOf.fours),
    ...Array.from({ length: sixes }, () => partyOf.sixes),
    ...Array.from({ length: eights }, () => partyOf.eights),
  ]
}
