import { pool } from '@/lib/db/database'
import {
  createAccount,
  createReservation,
  createRestaurant,
  createSlot,
  createTable,
  readToday,
} from '@/prisma/factories'
import { createPerson, type Person } from './http-scene'

const MINUTE_MS = 60_000
const QUARTER_MS = 15 * MINUTE_MS
const TABLES = 14
/** Each table begins a quarter of an hour after the one before it, and all have five seatings. */
const SEATINGS = 5

const guests = ['서하린', '김도윤', '이수아', 'Maximilian Oberhauser', '박지호', '최이안', '강도현']

/** A zone in which it is late in the evening at any time, so that the service runs past midnight. */
export function chooseNightZone(now: Date): string {
  const ahead = (22 - now.getUTCHours() + 24) % 24
  // The names of these zones count the other way round.
  return ahead <= 12 ? `Etc/GMT-${ahead}` : `Etc/GMT+${24 - ahead}`
}

export interface FullEvening {
  owner: Person
  slug: string
  restaurantId: string
  /** By name, as the board shows them. */
  partyIds: Record<string, string>
}

type Wish = {
  name: string | null
  slotId: string | undefined
  /** Columns of the reservation. */
  set?: string
  status?: 'SEATED' | 'CONFIRMED'
  partySize?: number
}

async function addGuest({ name, slotId = '', set, status = 'CONFIRMED', partySize = 2 }: Wish) {
  const diner = name === null ? null : await createAccount(pool, { name, phone: '010-1234-5678' })
  const { id } = await createReservation(pool, {
    slotId,
    partySize,
    ...(diner ? { dinerId: diner.id } : { walkIn: true }),
  })
  if (status === 'SEATED' && diner)
    await pool.query(
      `UPDATE reservations SET status = 'SEATED', seated_at = starts_at WHERE id = $1`,
      [id],
    )
  if (set) await pool.query(`UPDATE reservations SET ${set} WHERE id = $1`, [id])
  return id
}

async function addTables(restaurantId: string, serviceDate: string): Promise<string[][]> {
  const firstMs = Math.floor(Date.now() / QUARTER_MS) * QUARTER_MS - 4 * 4 * QUARTER_MS
  const slots: string[][] = []
  for (let row = 0; row < TABLES; row += 1) {
    const maxParty = 2 + 2 * Math.floor(row / 5)
    const table = await createTable(pool, { restaurantId, minParty: 1, maxParty })
    const ids: string[] = []
    for (let seating = 0; seating < SEATINGS; seating += 1) {
      const startsAt = new Date(firstMs + (row + 6 * seating) * QUARTER_MS)
      const endsAt = new Date(startsAt.getTime() + 90 * MINUTE_MS)
      const slot = await createSlot(pool, { tableId: table.id, serviceDate, startsAt, endsAt })
      ids.push(slot.id)
    }
    slots.push(ids)
  }
  return slots
}

/** Moves a slot to where its party's state needs it; others of its table make way. */
async function shift(slotId: string | undefined, from: string, to: string) {
  await pool.query(
    `DELETE FROM slots other USING slots s
      WHERE s.id = $1 AND other.table_id = s.table_id AND other.id <> s.id
        AND other.starts_at < now() + $3::interval AND other.ends_at > now() + $2::interval`,
    [slotId, from, to],
  )
  await pool.query(
    `UPDATE slots SET starts_at = date_trunc('minute', now()) + $2::interval,
            ends_at = date_trunc('minute', now()) + $3::interval WHERE id = $1`,
    [slotId, from, to],
  )
}

/**
 * A busy restaurant late at night: fourteen tables whose seatings begin at every quarter of an hour and
 * go on after midnight, with a party in every state that staff can meet.
 */
export async function setUpFullEvening(): Promise<FullEvening> {
  const owner = await createPerson({ role: 'OWNER', name: '한도윤' })
  const { id: restaurantId, slug } = await createRestaurant(pool, {
    name: '한밤의 긴 식탁',
    nameEn: 'The Long Table at Midnight',
    timeZone: chooseNightZone(new Date()),
    ownerId: owner.id,
    published: false,
  })
  const slots = await addTables(restaurantId, await readToday(pool, restaurantId))
  const at = (row: number, seating: number) => slots[row - 1]?.[seating]
  await shift(at(1, 1), '-102 minutes', '-12 minutes')
  await shift(at(2, 2), '-7 minutes', '83 minutes')
  await shift(at(3, 2), '-20 minutes', '70 minutes')
  await shift(at(4, 2), '-2 minutes', '88 minutes')
  await shift(at(5, 2), '-9 minutes', '81 minutes')
  const partyIds: Record<string, string> = {}
  const add = async (key: string, wish: Omit<Wish, 'name'> & { name?: string | null }) => {
    partyIds[key] = await addGuest({ name: key, ...wish })
  }
  await add('한시간', { slotId: at(1, 1), status: 'SEATED' })
  await add('이오분', { slotId: at(2, 2) })
  await add('정이십', { slotId: at(3, 2) })
  await add('도착한', { slotId: at(4, 2), set: `arrived_at = now() - interval '3 minutes'` })
  await add('늦는다', { slotId: at(5, 2), set: 'late_minutes = 20' })
  await add('워크인', { name: null, slotId: at(6, 2), partySize: 1 })
  for (let row = 7; row <= TABLES; row += 1) {
    const name = guests[row % guests.length] ?? ''
    await add(`${name}${row}`, { name, slotId: at(row, 3), partySize: 2 })
  }
  await pool.query(
    `UPDATE reservations SET allergies = '땅콩, 갑각류', note = '유아 의자를 부탁드려요.' WHERE id = $1`,
    [partyIds.정이십],
  )
  await pool.query('UPDATE slots SET blocked = true WHERE id = $1', [at(14, 1)])
  return { owner, slug, restaurantId, partyIds }
}
