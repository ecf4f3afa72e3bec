import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { createReservation, createRestaurant, createSlot, createTable } from '@/prisma/factories'
import { applyMigrations } from '@/prisma/migrate'
import { withMigratedDatabase } from '@/prisma/migrated-database'

const all = path.join(import.meta.dirname, '../../prisma/migrations')
const FIRST = '20261129093500_occupancies'
const before = mkdtempSync(path.join(tmpdir(), 'bobjool-before-'))
for (const name of readdirSync(all))
  if (name < FIRST) cpSync(path.join(all, name), path.join(before, name), { recursive: true })
afterAll(() => rmSync(before, { recursive: true, force: true }))

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)

test('G21: the migration carries over who sits, one party a table, and ends those of the old rule', async () => {
  const { ownerUrl } = inject('stack').postgres
  await withMigratedDatabase({
    connectionString: ownerUrl,
    migrationsFolder: before,
    work: async (client) => {
      const { id: restaurantId } = await createRestaurant(client, { timeZone: 'Asia/Seoul' })
      const [one, two] = [
        await createTable(client, { restaurantId }),
        await createTable(client, { restaurantId }),
      ]
      const seatAt = async (table: { id: string }, from: number, to: number) => {
        const times = { startsAt: inMinutes(from), endsAt: inMinutes(to) }
        const slot = await createSlot(client, { tableId: table.id, ...times })
        return (await createReservation(client, { slotId: slot.id, status: 'SEATED' })).id
      }
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
