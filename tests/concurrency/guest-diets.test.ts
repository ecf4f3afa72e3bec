import { beforeEach, describe, expect, test, vi } from 'vitest'
import { keepDiet } from '@/domain/booking/diet.commands'
import { pool } from '@/lib/db/database'
import { databaseErrorCode } from '@/lib/db/database-error'
import { actorOf } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'
import { dietOf, setUpBook, writeDownDiner } from '../support/guest-book-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const ROUNDS = 8

/** A diner whom the restaurant knows, with a reservation that names what they can't eat. */
async function setUpDiner() {
  const book = await setUpBook()
  const { reservationId, entryId } = await writeDownDiner(book)
  await pool.query(`UPDATE reservations SET allergies = '땅콩' WHERE id = $1`, [reservationId])
  const answer = (keeps: boolean) =>
    keepDiet({ reservationId, keeps, scope: 'diner', actor: actorOf(book.dinerId) })
  return { ...book, entryId, answer }
}

/** Staff's transaction that has locked the entry and never waits for anything after it. */
async function openStaffChange(entryId: string) {
  const client = await database.pool.connect()
  await client.query('BEGIN')
  await client.query(`SET LOCAL lock_timeout = '200ms'`)
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  await client.query('SELECT FROM guests WHERE id = $1 FOR UPDATE', [entryId])
  const untilAwaited = () =>
    vi.waitFor(async () => {
      const waiting = await database.query(
        'SELECT FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))',
        [rows[0]?.pid],
      )
      if (waiting.length === 0) throw new Error('nobody waits for the entry')
    })
  const note = async () => {
    await client.query('DELETE FROM guest_diets WHERE guest_id = $1', [entryId])
    await client.query(
      `INSERT INTO guest_diets (guest_id, restaurant_id, allergies, consent_way, consented_at)
       SELECT id, restaurant_id, '새우', 'PHONE', now() FROM guests WHERE id = $1`,
      [entryId],
    )
  }
  const end = async (how: 'COMMIT' | 'ROLLBACK') => {
    await client.query(how)
    client.release()
  }
  return { untilAwaited, note, end }
}

const listAllergies = async () =>
  (await database.query<{ allergies: string }>('SELECT allergies FROM guest_diets')).map(
    ({ allergies }) => allergies,
  )

describe('what a guest can’t eat, told by the guest and noted by staff at once', () => {
  test('control: written before the entry is locked, it keeps staff from theirs', async () => {
    const { entryId } = await setUpDiner()
    const staff = await openStaffChange(entryId)
    const writing = pool.query(
      `INSERT INTO guest_diets (guest_id, restaurant_id, allergies, consent_way, consented_at)
       SELECT id, restaurant_id, '땅콩', 'LINK', now() FROM guests WHERE id = $1`,
      [entryId],
    )
    await staff.untilAwaited()
    const code = await staff.note().catch((error: unknown) => databaseErrorCode(error))
    expect(code).toBe('55P03')
    await staff.end('ROLLBACK')
    await writing
  })

  test('the guest waits for staff with nothing written, and comes after them', async () => {
    const { entryId, answer } = await setUpDiner()
    const staff = await openStaffChange(entryId)
    const answering = answer(true)
    await staff.untilAwaited()
    await staff.note()
    await staff.end('COMMIT')
    expect(await answering).toMatchObject({ ok: true })
    expect(await listAllergies()).toEqual(['땅콩'])
  })

  test.each([true, false])(
    'both are answered, and one diet stands whole: the guest keeps it: %s',
    async (keeps) => {
      for (let round = 0; round < ROUNDS; round++) {
        await database.truncateAll()
        const { entryId, answer, change, read } = await setUpDiner()
        await answer(true)
        const { version } = await read(entryId)
        const answers = await Promise.all([answer(keeps), change(entryId, dietOf('새우'))])
        expect(answers).toMatchObject([{ ok: true }, { ok: true }])
        expect((await read(entryId)).version).toBe(version + 2)
        expect([['새우'], keeps ? ['땅콩'] : []]).toContainEqual(await listAllergies())
      }
    },
  )
})
