import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Client } from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { applyMigrations } from '@/prisma/migrate'
import { withMigratedDatabase } from '@/prisma/migrated-database'

const all = path.join(import.meta.dirname, '../../prisma/migrations')
const FIRST = '20261129093500_occupancies'
const before = mkdtempSync(path.join(tmpdir(), 'bobjool-before-'))
for (const name of readdirSync(all))
  if (name < FIRST) cpSync(path.join(all, name), path.join(before, name), { recursive: true })
afterAll(() => rmSync(before, { recursive: true, force: true }))

type Table = { restaurantId: string; tableId: string }

/** In the words of the schema of that time, which has none of the later columns. */
async function makeTable(client: Client, number: number): Promise<Table> {
  const { rows } = await client.query<Table>(
    `WITH made AS (
       INSERT INTO restaurants (slug, name, category, region, address, phone, description, time_zone)
       VALUES ('before', '밥줄식당', '한식', '성수', '서울 성동구 성수이로 0길 0', '02-0000-0000', '작은 식당이에요.', 'Asia/Seoul')
       ON CONFLICT (slug) DO UPDATE SET slug = excluded.slug RETURNING id)
     INSERT INTO restaurant_tables (restaurant_id, number, min_party, max_party) SELECT id, $1, 1, 4 FROM made
     RETURNING id::text AS "tableId", restaurant_id::text AS "restaurantId"`,
    [number],
  )
  const [table] = rows
  if (!table) throw new Error('no table was made')
  return table
}

async function seat(
  client: Client,
  { restaurantId, tableId, startsAt, endsAt }: Table & { startsAt: Date; endsAt: Date },
): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `WITH today AS (SELECT service_date_at(now(), time_zone, day_cut_minutes) AS date FROM restaurants WHERE id = $1),
     day AS (INSERT INTO service_dates SELECT $1, date FROM today ON CONFLICT DO NOTHING),
     slot AS (
       INSERT INTO slots (restaurant_id, service_date, table_id, starts_at, ends_at, min_party, max_party, taken)
       SELECT $1, date, $2, $3, $4, 1, 4, true FROM today RETURNING id),
     party AS (
       INSERT INTO reservations (restaurant_id, service_date, starts_at, ends_at, party_size, walk_in, status)
       SELECT $1, date, $3, $4, 2, true, 'SEATED' FROM today RETURNING id),
     held AS (INSERT INTO reservation_slots (reservation_id, slot_id) SELECT party.id, slot.id FROM party, slot)
     SELECT id::text AS id FROM party`,
    [restaurantId, tableId, startsAt, endsAt],
  )
  return rows[0]?.id ?? ''
}

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)

test('G21: the migration carries over who sits, one party a table, and ends those of the old rule', async () => {
  const { ownerUrl } = inject('stack').postgres
  await withMigratedDatabase({
    connectionString: ownerUrl,
    migrationsFolder: before,
    work: async (client) => {
      const [one, two] = [await makeTable(client, 1), await makeTable(client, 2)]
      const seatAt = (table: Table, from: number, to: number) =>
        seat(client, { ...table, startsAt: inMinutes(from), endsAt: inMinutes(to) })
      const over = await seatAt(one, -120, -30)
      const running = await seatAt(one, -20, 70)
      const early = await seatAt(one, 80, 170)
      const alone = await seatAt(two, 15, 100)

      const url = new URL(ownerUrl)
      url.pathname = `/${(await client.query<{ name: string }>('SELECT current_database() AS name')).rows[0]?.name}`
      expect(await applyMigrations({ connectionString: url.href })).toMatchObject({ ok: true })

      const { rows } = await client.query<{ id: string; status: string; sits: boolean }>(
        `SELECT v.id, v.status::text, EXISTS (
                  SELECT FROM occupancies o WHERE o.reservation_id = v.id AND o.ended_at IS NULL) AS sits
           FROM reservations v`,
      )
      const found = new Map(rows.map(({ id, status, sits }) => [id, [status, sits]]))
      expect(found.get(over)).toEqual(['LEFT', false])
      expect(found.get(running)).toEqual(['SEATED', true])
      expect(found.get(early)).toEqual(['LEFT', false])
      expect(found.get(alone)).toEqual(['SEATED', true])
      const taken = await client.query(
        'SELECT FROM slots s JOIN reservation_slots c ON c.slot_id = s.id WHERE c.reservation_id = $1 AND s.taken',
        [early],
      )
      expect(taken.rowCount).toBe(0)
    },
  })
})
