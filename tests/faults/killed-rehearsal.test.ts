import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { findRehearsal } from '@/domain/booking/rehearsal.queries'
import { useDatabase } from '../support/database'
import { countRows, setUpRehearsal } from '../support/rehearsal-scene'

const database = useDatabase()
const ROOT = path.resolve(import.meta.dirname, '../..')
let child: ChildProcess | null = null
afterEach(() => child?.kill('SIGKILL'))

function startRehearsing({ openingId, ownerId }: { openingId: string; ownerId: string }) {
  const file = path.join(ROOT, 'tests/support/probing-process.ts')
  child = spawn(process.execPath, ['--import', 'tsx', file, openingId, ownerId], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: database.databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return child
}

/** Whether the other process has written rows that are not committed. */
async function isProbing(): Promise<boolean> {
  const rows = await database.query(
    `SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'bobjool' AND backend_xid IS NOT NULL`,
  )
  return rows.length > 0
}

test.each(['entries', 'bookings'])(
  'a rehearsal whose process is killed among its %s leaves nothing behind, and the next begins at once',
  async (stage) => {
    await database.truncateAll()
    const { openingId, ownerId, rehearse } = await setUpRehearsal()
    const before = await countRows(database)
    const probing = startRehearsing({ openingId, ownerId })
    const exited = once(probing, 'exit')
    await expect.poll(isProbing, { timeout: 30_000, interval: 2 }).toBe(true)
    if (stage === 'bookings') {
      const isBooking = () =>
        database.query(
          `SELECT 1 FROM pg_locks WHERE relation = 'reservations'::regclass AND mode = 'RowExclusiveLock'`,
        )
      await expect.poll(isBooking, { timeout: 30_000, interval: 2 }).not.toEqual([])
    }
    expect(await rehearse()).toMatchObject({ reason: 'rehearsal-running' })
    probing.kill('SIGKILL')
    await exited
    await expect.poll(isProbing, { timeout: 10_000 }).toBe(false)
    expect(await countRows(database)).toEqual(before)
    expect(await findRehearsal(openingId)).toBeNull()
    await expect.poll(rehearse, { timeout: 10_000 }).toMatchObject({ ok: true })
  },
)
