import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { deleteAccount } from '@/domain/booking/delete-account.commands'
import { drainOutbox } from '@/domain/notification/commands'
import { listErasureRequests } from '@/domain/privacy/guest-export.queries'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import {
  createAccount,
  createReservation,
  createRestaurant,
  createSlot,
  DEMO_PASSWORD,
} from '@/prisma/factories'
import { book, setUpRestaurant } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'
import { findInDump } from '../support/dump'
import { useInbox } from '../support/inbox'
import { letDaysPass, sweepOverdue } from '../support/passing-days'

const database = useDatabase()
const inbox = useInbox()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
})

const pass = (days: number) => letDaysPass(database, days)

describe('G23: diners’ accounts that nobody has used for a year', () => {
  const sleeper = { email: 'sleeper@mailbox.test', name: '잠자는 손님' }
  const find = () => findInDump(database, ['sleeper@mailbox', '잠자는'])
  const listMails = () => inbox.listMails(sleeper.email).map(({ subject }) => subject)

  test.each([
    ['ko', '오래 쓰지 않은 계정이 곧 닫혀요'],
    ['en', 'Your account is about to be closed'],
  ])('are told, once, and closed thirty days later, in %s', async (locale, subject) => {
    await createAccount(pool, { ...sleeper, locale })
    await pass(364)
    await sweepOverdue()
    expect(listMails(), 'a year is not over').toEqual([])
    await pass(2)
    await sweepOverdue()
    await sweepOverdue()
    await drainOutbox()
    expect(listMails().join()).toContain(subject)
    expect(listMails()).toHaveLength(1)
    await pass(29)
    await sweepOverdue()
    expect(await find(), 'control: they still have a day').toContain('accounts.email')
    await pass(1)
    await sweepOverdue()
    expect(await find()).toEqual([])
  })

  test('ask every restaurant that knows their person to forget them, as their own deletion does', async () => {
    const { scene } = await setUpRestaurant()
    const elsewhere = await setUpRestaurant()
    const { restaurantId } = scene
    const visitAs = async (email: string) => {
      const { id } = await createAccount(pool, { ...sleeper, email })
      await createReservation(pool, {
        slotId: (await createSlot(pool, { restaurantId })).id,
        dinerId: id,
        status: 'LEFT',
        note: sleeper.name,
      })
      await database.query(
        `INSERT INTO lines (restaurant_id, service_date, last_number) VALUES ($1, (now() - interval '9 days')::date, 2)
         ON CONFLICT DO NOTHING`,
        [restaurantId],
      )
      await database.query(
        `INSERT INTO tickets (restaurant_id, service_date, number, rank, party_size, dining, channel,
                              account_id, asker_id, taken_key, taken_hash, status, ended_at)
         SELECT $1, (now() - interval '9 days')::date, count(*) + 1, count(*) + 1, 3, 'IN_STORE', 'ONLINE', $2, $2, 'k', 'h', 'SEATED', now()
           FROM tickets`,
        [restaurantId, id],
      )
      return id
    }
    const own = await visitAs('deletes@mailbox.test')
    await visitAs(sleeper.email)
    const proof = { password: DEMO_PASSWORD }
    const deleted = await deleteAccount({ accountId: own, email: 'deletes@mailbox.test', proof })
    expect(deleted).toMatchObject({ ok: true })
    const [control, ...none] = await listErasureRequests(restaurantId)
    expect(none).toEqual([])
    await pass(366)
    await sweepOverdue()
    await pass(31)
    await sweepOverdue()
    expect(await find()).toEqual([])
    const asked = await listErasureRequests(restaurantId)
    expect(asked).toHaveLength(2)
    const sizes = (of: typeof control) => ({
      reservations: of?.reservations.map(({ partySize }) => partySize),
      tickets: of?.tickets.map(({ serviceDate }) => serviceDate.slice(0, 4)).length,
    })
    expect(sizes(asked[0])).toEqual(sizes(control))
    expect(control).toMatchObject({ reservations: [{}], tickets: [{ number: 1 }] })
    expect(asked[0]).toMatchObject({ reservations: [{}], tickets: [{ number: 2 }] })
    expect(JSON.stringify(asked)).not.toContain(sleeper.name)
    expect(await listErasureRequests(elsewhere.scene.restaurantId)).toEqual([])
  })

  test.each([
    [
      'signs in',
      `INSERT INTO sessions (account_id, epoch, browser, system, expires_at) SELECT id, 0, 'Chrome', 'Android', now() + interval '1 day' FROM accounts WHERE email = $1`,
    ],
    [
      'works for a restaurant',
      `INSERT INTO restaurant_staff (restaurant_id, account_id, role) SELECT (SELECT id FROM restaurants LIMIT 1), id, 'STAFF' FROM accounts WHERE email = $1`,
    ],
  ])('are kept if their person, told, %s', async (_, sql) => {
    await createRestaurant(pool)
    await createAccount(pool, sleeper)
    await pass(366)
    await sweepOverdue()
    await database.query(sql, [sleeper.email])
    await pass(31)
    await sweepOverdue()
    expect(await find()).toContain('accounts.email')
  })

  test('and who came back and falls asleep again is told again before it is closed', async () => {
    await createAccount(pool, sleeper)
    await pass(366)
    await sweepOverdue()
    await drainOutbox()
    await database.query('UPDATE accounts SET seen_at = now()')
    await pass(366)
    await sweepOverdue()
    await drainOutbox()
    expect(await find()).toContain('accounts.email')
    expect(listMails()).toHaveLength(2)
  })

  test('are kept with a reservation within the year, or to come, and owners’ are not asked', async () => {
    const { scene } = await setUpRestaurant()
    const diner = await createAccount(pool, sleeper)
    await createAccount(pool, { role: 'OWNER', email: 'sleeper@mailbox.test.owner' })
    await database.query(`UPDATE accounts SET seen_at = now() - interval '800 days'`)
    const { id } = await book(diner.id, scene)
    await database.query(
      `UPDATE reservations SET created_at = now() - interval '800 days' WHERE id = $1`,
      [id],
    )
    const keepsAll = async () => {
      const accounts = await database.query<{ email: string; told: boolean }>(
        `SELECT email, sleep_told_at IS NOT NULL AS told FROM accounts WHERE email LIKE 'sleeper@%' ORDER BY email`,
      )
      expect(accounts).toEqual(
        [sleeper.email, `${sleeper.email}.owner`].map((email) => ({ email, told: false })),
      )
    }
    await sweepOverdue()
    await keepsAll()
    await pass(300)
    await sweepOverdue()
    // Told then, it would be closed by now, and nobody left who was told.
    await keepsAll()
  })
})
