import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createDiners } from '@/prisma/factories'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

describe('the audit log, for the application’s role', () => {
  const write = () =>
    pool.query<{ id: string }>(
      `INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
       VALUES ('SERVICE', 'ACCOUNT', gen_random_uuid(), 'CHANGE', 'ACTIVE') RETURNING id`,
    )

  test('is added to, and marked as undone', async () => {
    const { rows } = await write()
    await pool.query('UPDATE audit_events SET undone_at = now() WHERE id = $1', [rows[0]?.id])
    expect(
      await database.query('SELECT undone_at IS NOT NULL AS undone FROM audit_events'),
    ).toEqual([{ undone: true }])
  })

  test.each([
    `UPDATE audit_events SET act = 'OTHER'`,
    `UPDATE audit_events SET actor_id = NULL, address = NULL`,
    `UPDATE audit_events SET at = at - interval '1 day'`,
    `UPDATE audit_events SET details = NULL, undone_at = now()`,
    'DELETE FROM audit_events',
    'TRUNCATE audit_events CASCADE',
    'SELECT cut_network_addresses()',
  ])('is not changed by: %s', async (sql) => {
    await write()
    await expect(pool.query(sql)).rejects.toThrow('permission denied')
    expect(await database.query('SELECT act FROM audit_events')).toEqual([{ act: 'CHANGE' }])
  })

  test('control: its owner may', async () => {
    await write()
    await database.query('DELETE FROM audit_events')
    expect(await database.query('SELECT FROM audit_events')).toEqual([])
  })

  test('and what forgets with the owner’s rights is for no other role', async () => {
    expect(
      await database.query(
        `SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
            AND has_function_privilege('public', oid, 'EXECUTE')`,
      ),
    ).toEqual([])
    const [diner] = await createDiners(pool, { count: 1 })
    const erased = await pool.query<{ done: boolean }>(
      'SELECT erase_account(p_account => $1) AS done',
      [diner?.id],
    )
    expect(erased.rows).toEqual([{ done: true }])
  })
})
