import { pool } from '@/lib/db'
import { createAccount, createReservation } from '@/prisma/factories'
import { seedDemo } from '@/prisma/seed'
import { type Person, signTokenFor } from '../http-scene'

export interface GalleryScene {
  people: { diner: Person; newcomer: Person; owner: Person; admin: Person }
  /** Of the diner: coming, and cancelled. */
  reservationIds: { coming: string; cancelled: string; held: string }
}

async function findPerson(email: string): Promise<Person> {
  const { rows } = await pool.query<{
    id: string
    email: string
    role: 'DINER' | 'OWNER' | 'ADMIN'
  }>('SELECT id, email, role FROM accounts WHERE email = $1', [email])
  const [found] = rows
  if (!found) throw new Error(`the demo has no ${email}`)
  return { ...found, token: await signTokenFor(found, { role: found.role }) }
}

/** Free slots of a restaurant's coming days, one for each of them. */
async function findFreeSlots({ slug, count }: { slug: string; count: number }): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT DISTINCT ON (s.service_date) s.id FROM slots s JOIN restaurants r ON r.id = s.restaurant_id
      WHERE r.slug = $1 AND NOT s.taken AND NOT s.blocked AND s.deleted_at IS NULL AND s.max_party = 4
        AND s.starts_at > now() + interval '2 hours'
      ORDER BY s.service_date, s.starts_at LIMIT $2`,
    [slug, count],
  )
  return rows.map(({ id }) => id)
}

/** The demo, with a few things that have happened to its first diner. */
export async function setUpGallery(): Promise<GalleryScene> {
  await seedDemo({ pool })
  const diner = await findPerson('diner1@bobjool.test')
  const [coming, cancelled, held] = await findFreeSlots({ slug: 'garden', count: 3 })
  const book = async (slotId: string | undefined, status: 'CONFIRMED' | 'CANCELLED' | 'HELD') =>
    (
      await createReservation(pool, {
        slotId: slotId ?? '',
        dinerId: diner.id,
        partySize: 3,
        status,
        note: '창가 자리면 좋겠어요.',
      })
    ).id
  const { id, email } = await createAccount(pool, { name: '새손님', email: 'new@bobjool.test' })
  return {
    people: {
      diner,
      newcomer: { id, email, token: await signTokenFor({ id, email }) },
      owner: await findPerson('owner@bobjool.test'),
      admin: await findPerson('admin@bobjool.test'),
    },
    reservationIds: {
      coming: await book(coming, 'CONFIRMED'),
      cancelled: await book(cancelled, 'CANCELLED'),
      held: await book(held, 'HELD'),
    },
  }
}
