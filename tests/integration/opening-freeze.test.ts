import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { enterOpening } from '@/domain/opening/commands'
import { pool } from '@/lib/db/database'
import { createDiners } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { createOpening, passTime } from '../support/opening-scene'
import { hashEntries, openUnprotectedLobby } from '../support/unprotected-freeze'

const database = useDatabase()
/** An entry’s id looks like an HMAC. */
const ENTRY = 'a'.repeat(32)
/** A diner whose entry takes as long as the test wants. */
const slow = new pg.Client({ connectionString: database.directUrl })
afterAll(() => slow.end())

const readFreeze = async (openingId: string) =>
  (
    await database.query<{ hash: string | null; count: number | null }>(
      'SELECT entries_hash AS hash, entry_count AS count FROM openings WHERE id = $1',
      [openingId],
    )
  )[0]

test('G13: a diner let into the lobby before the freeze is in its hash, however slow the insert', async () => {
  const { openingId } = await createOpening({ opensInMinutes: 1 })
  const [early, late] = await createDiners(pool, { count: 2 })
  if (!early || !late) throw new Error('nobody to enter')
  await slow.connect()
  await slow.query('BEGIN')
  const { rows } = await slow.query<{ told: { entry: { inLobby: boolean } } }>(
    `SELECT enter_opening($1, $2, 0, $3) AS told`,
    [openingId, early.id, ENTRY],
  )
  expect(rows[0]?.told.entry.inLobby, 'told that they are in the lobby').toBe(true)

  await passTime({ database, openingId, seconds: 61 })
  let isFrozen = false
  const freezing = pool.query('SELECT freeze_opening($1)', [openingId]).then(() => {
    isFrozen = true
  })
  await expect.poll(async () => (await database.query(WAITING_FOR_LOCK)).length).toBeGreaterThan(0)
  expect(isFrozen, 'the freeze waits for who is entering').toBe(false)
  await slow.query('COMMIT')
  await freezing
  expect(await readFreeze(openingId)).toEqual({ hash: hashEntries([ENTRY]), count: 1 })

  const after = await enterOpening({ openingId, accountId: late.id, epoch: 0, sessionId: null })
  expect(after).toMatchObject({ ok: true, value: { inLobby: false } })
  expect(await readFreeze(openingId)).toEqual({ hash: hashEntries([ENTRY]), count: 1 })
})

const WAITING_FOR_LOCK = `
  SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
   WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted`

test('control: without the lock a diner is told "in the lobby" and is not in the hash', async () => {
  const lobby = await openUnprotectedLobby(database)
  const { entryId } = await lobby.enter()
  let hash = ''
  const slowly = await lobby.enter(async () => {
    hash = await lobby.freeze()
  })
  expect(slowly.inLobby).toBe(true)
  expect(hash).toBe(hashEntries([entryId]))
  expect(hash).not.toBe(hashEntries([entryId, slowly.entryId]))
})
