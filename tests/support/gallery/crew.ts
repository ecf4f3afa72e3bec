import { pool } from '@/lib/db/database'
import { createRestaurant, createStaff } from '@/prisma/factories'
import { createPerson, type Person } from '../http-scene'
import { givePinTo } from '../pin-scene'
import type { EveningScene } from './evening'

/**
 * A member of the evening's staff who works elsewhere too: set, given for once, locked and none are the
 * states of their PINs. The evening's owner can give another.
 */
export async function createCrew({ slug, host }: EveningScene): Promise<Person> {
  const person = await createPerson({ name: '정다온' })
  const { id: accountId } = person
  const hireAt = async (restaurantId: string) => {
    await createStaff(pool, { restaurantId, accountId, role: 'STAFF' })
    return { restaurantId, accountId }
  }
  const hireAtNew = async (name: string, nameEn: string) => {
    const { id } = await createRestaurant(pool, { name, nameEn, published: false })
    return hireAt(id)
  }
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM restaurants WHERE slug = $1', [
    slug,
  ])
  await givePinTo(await hireAt(rows[0]?.id ?? ''), { isOneTime: true })
  await givePinTo(await hireAtNew('골목 국밥', 'Alley Soup'))
  const locked = await hireAtNew('바다 횟집', 'Sea Sashimi')
  await givePinTo(locked)
  await pool.query(
    'INSERT INTO pin_tries (restaurant_id, account_id, wrong, locked_at) VALUES ($1, $2, 15, now())',
    [locked.restaurantId, accountId],
  )
  await hireAtNew('언덕 찻집', 'Hill Tea Room')
  // All views together take longer than a proof stays fresh.
  await pool.query(
    `UPDATE sessions SET proved_at = now() + interval '1 hour' WHERE account_id = ANY($1::uuid[])`,
    [[accountId, host.id]],
  )
  return person
}
