import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { drainOutbox } from '@/domain/notification/commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount, createRestaurant } from '@/prisma/factories'
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
