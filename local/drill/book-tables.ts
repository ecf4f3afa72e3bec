/**
 * Books as many tables as it is told by the application's own command, in the database that the environment
 * names, and prints the id of each reservation. With `--seed` a restaurant of the demo comes first.
 */
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { placeReservation } from '@/domain/booking/commands'
import { pool } from '@/lib/db/database'
import { readDatabaseUrls } from '@/prisma/environment'
import { createDiners } from '@/prisma/factories'
import { seedDemo } from '@/prisma/seed/demo'
import { demoRestaurants } from '@/prisma/seed/restaurants'

const FREE_TABLES = `
  SELECT restaurant_id AS "restaurantId", service_date::text AS "serviceDate", starts_at AS "startsAt",
         max_party AS "partySize"
    FROM slots
   WHERE NOT taken AND NOT blocked AND deleted_at IS NULL AND starts_at > now() + interval '1 day'
   ORDER BY starts_at, id LIMIT $1`

interface FreeTable {
  restaurantId: string
  serviceDate: string
  startsAt: Date
  partySize: number
}

async function seed(): Promise<void> {
  const owner = new pg.Pool({ connectionString: readDatabaseUrls()?.directUrl, max: 4 })
  const restaurants = demoRestaurants.filter(({ slug }) => slug === 'garden')
  await seedDemo({ pool: owner, restaurants }).finally(() => owner.end())
}

async function book(count: number): Promise<void> {
  const diners = await createDiners(pool, { count })
  const { rows } = await pool.query<FreeTable>(FREE_TABLES, [count])
  for (const [index, { startsAt, ...table }] of rows.entries()) {
    const placed = await placeReservation({
      dinerId: diners[index]?.id ?? '',
      key: randomUUID(),
      request: { ...table, startsAt: startsAt.toISOString() },
      address: null,
    })
    if (!placed.ok) throw new Error(`No table: ${placed.reason}`)
    process.stdout.write(`${placed.value.reservation.id}\n`)
  }
  if (rows.length < count) throw new Error('There are not so many free tables.')
}

const { values, positionals } = parseArgs({
  options: { seed: { type: 'boolean' } },
  allowPositionals: true,
})
if (values.seed) await seed()
await book(Number(positionals[0]))
process.exit(0)
