import { beforeEach, describe, expect, test } from 'vitest'
import { deleteAccount } from '@/domain/booking/delete-account.commands'
import { previewDeletion } from '@/domain/booking/queries'
import { askToChangeAddress } from '@/domain/identity/account.commands'
import { endSessions } from '@/domain/identity/session.commands'
import { pool } from '@/lib/db/database'
import { refuseFailure } from '@/lib/problems/failure'
import {
  createAccount,
  createReservation,
  createSlot,
  createStaff,
  DEMO_PASSWORD,
} from '@/prisma/factories'
import type { Account } from '@/prisma/generated/client'
import { findContradictions } from '../support/booking-books'
import { book, move, setUpRestaurant } from '../support/booking-restaurant'
import { bookAs, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { findInDump } from '../support/dump'
import { holdSession } from '../support/session-scene'
import { countOrphans, deleteUnprotected } from '../support/unprotected-account-deletion'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const person = { name: '독고영재', email: 'dokgo-young@bobjool.test', phone: '010-7777-3141' }
const erase = ({ id, email }: Pick<Account, 'id' | 'email'>, password = DEMO_PASSWORD) =>
  deleteAccount({ accountId: id, email, proof: { password } })

describe('deleting an account', () => {
  test('no trace of the person is left anywhere, and the restaurant keeps its records', async () => {
    const { scene, ownerId } = await setUpRestaurant()
    const account = await createAccount(pool, person)
    const coming = await book(account.id, scene)
    await database.query(
      `UPDATE reservations SET note = '독고영재입니다', allergies = '땅콩', staff_note = '독고영재 단골'`,
    )
    const past = await createReservation(pool, {
      slotId: (await createSlot(pool, { restaurantId: scene.restaurantId })).id,
      dinerId: account.id,
      status: 'LEFT',
      note: '독고영재, 010-7777-3141',
    })
    await askToChangeAddress({
      ...(await holdSession(account.id)),
      address: '203.0.113.9',
      email: 'dokgo2@bobjool.test',
    })
    await endSessions({ accountId: account.id, sessionId: null, address: '203.0.113.9' })
    await database.query(`INSERT INTO external_logins VALUES ('kakao', 'dokgo', $1)`, [account.id])
    await database.query(
      `INSERT INTO staff_invitations (restaurant_id, email, role, invited_by, expires_at)
       VALUES ($1, $2, 'STAFF', $3, now() + interval '1 day'), ($1, 'else@bobjool.test', 'STAFF', $4, now() + interval '1 day')`,
      [scene.restaurantId, person.email, ownerId, account.id],
    )
    const words = [person.name, 'dokgo', '7777-3141', '203.0.113.9', '땅콩']
    expect(
      (await findInDump(database, words)).length,
      'the search finds what is there',
    ).toBeGreaterThan(8)

    expect(await previewDeletion(account.id)).toMatchObject({ coming: 1, hasPassword: true })
    expect(await erase(account)).toEqual({ ok: true, value: { cancelled: 1 } })

    expect(await findInDump(database, words)).toEqual([])
    expect(await findContradictions()).toEqual([])
    const kept = await database.query(
      'SELECT id, status::text, diner_id, cancelled_by FROM reservations ORDER BY status',
    )
    expect(kept.toSorted((a, b) => String(a.status).localeCompare(String(b.status)))).toEqual([
      { id: coming.id, status: 'CANCELLED', diner_id: null, cancelled_by: 'DINER' },
      { id: past.id, status: 'LEFT', diner_id: null, cancelled_by: null },
    ])
    expect(
      await database.query('SELECT taken FROM slots WHERE id = $1', [coming.slotId]),
      'G6: the table is free again',
    ).toEqual([{ taken: false }])
    const events = await database.query(
      `SELECT act, actor_id FROM audit_events WHERE subject_id IN ($1, $2) ORDER BY at, act`,
      [account.id, coming.id],
    )
    expect(events.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['BOOK', 'CANCEL', 'END_SESSIONS', 'DELETE_ACCOUNT', 'MAIL_LINK']),
    )
    expect(events.filter(({ actor_id }) => actor_id !== null)).toEqual([])
    expect(
      await database.query(`SELECT state::text FROM notices WHERE state = 'QUEUED'`),
      'nothing is sent to somebody who left',
    ).toEqual([])
  })

  test('a seated party stays at its table, without a name', async () => {
    const { scene, ownerId } = await setUpRestaurant()
    const account = await createAccount(pool, person)
    const { id } = await book(account.id, scene)
    await move(id, 'SEAT', ownerId)
    expect(await erase(account)).toEqual({ ok: true, value: { cancelled: 0 } })
    expect(await move(id, 'LEAVE', ownerId)).toMatchObject({ ok: true })
    expect(await findContradictions()).toEqual([])
  })

  test('the table of a deleted account can be booked at once', async () => {
    const { scene, otherId } = await setUpRestaurant([{ maxParty: 2 }])
    const account = await createAccount(pool, person)
    await book(account.id, scene)
    expect(await bookAs(otherId, scene)).toMatchObject({ reason: 'sold-out' })
    await erase(account)
    expect(await bookAs(otherId, scene)).toMatchObject({ ok: true })
  })

  test('a wrong password, or another account’s address, deletes nothing', async () => {
    const account = await createAccount(pool, person)
    expect(await erase(account, 'not-this-one')).toMatchObject({ reason: 'wrong-password' })
    await database.query('UPDATE accounts SET password_hash = NULL')
    const typed = (email: string) =>
      deleteAccount({ accountId: account.id, email: account.email, proof: { email } })
    expect(await typed('else@bobjool.test')).toMatchObject({ reason: 'email-mismatch' })
    expect(await typed('')).toMatchObject({ reason: 'email-mismatch' })
    expect(await typed(` ${person.email.toUpperCase()} `)).toMatchObject({ ok: true })
  })
})

describe('who can’t delete their account yet', () => {
  test('a restaurant’s only owner can’t; one of two can', async () => {
    const { scene, ownerId } = await setUpRestaurant()
    const owner = { id: ownerId, email: 'any' }
    expect(await erase(owner)).toMatchObject({
      reason: 'last-owner',
      details: { restaurants: [{ name: '밥줄식당' }] },
    })
    const { restaurantId } = scene
    const helper = await createAccount(pool, { role: 'OWNER', ownerApprovedAt: null })
    await createStaff(pool, { restaurantId, accountId: helper.id })
    expect(await erase(owner)).toMatchObject({ reason: 'last-owner' })
    await database.query('UPDATE accounts SET owner_approved_at = now() WHERE id = $1', [helper.id])
    expect(await erase(owner)).toMatchObject({ ok: true })
    expect(await erase(helper)).toMatchObject({ reason: 'last-owner' })
  })

  test('of two owners deleting their accounts at once, one is refused as the last', async () => {
    const { scene, ownerId } = await setUpRestaurant()
    const second = await createAccount(pool, { role: 'OWNER' })
    await createStaff(pool, { restaurantId: scene.restaurantId, accountId: second.id })
    const answers = await Promise.all([erase({ id: ownerId, email: 'any' }), erase(second)])
    expect(answers.map((answer) => answer.ok || answer.reason).toSorted()).toEqual([
      'last-owner',
      true,
    ])
  })

  test('of two admins deleting their accounts at once, one is refused as the last', async () => {
    const admins = [
      await createAccount(pool, { role: 'ADMIN' }),
      await createAccount(pool, { role: 'ADMIN' }),
    ]
    const answers = await Promise.all(admins.map((admin) => erase(admin)))
    expect(answers.map((answer) => answer.ok || answer.reason).toSorted()).toEqual([
      'last-admin',
      true,
    ])
  })
})

describe('deleting an account while a booking is under way', () => {
  test('control: without locks a table stays taken by nobody', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const account = await createAccount(pool, person)
    await deleteUnprotected({
      accountId: account.id,
      afterLooking: () => bookAs(account.id, scene),
    })
    expect(await countOrphans()).toBe(1)
  })

  test('the booking is either deleted with the account or refused; no table stays taken by nobody', async () => {
    for (let round = 0; round < 12; round += 1) {
      const scene = await setUpSeating({ tables: [{ maxParty: 2 }, { maxParty: 4 }] })
      const account = await createAccount(pool)
      const others = await Promise.all([
        setUpSeating({ tables: [{ maxParty: 2 }], inMinutes: 240 }),
        setUpSeating({ tables: [{ maxParty: 2 }], inMinutes: 360 }),
      ])
      const bookings = [scene, ...others].map((each) =>
        bookAs(account.id, each).catch(refuseFailure),
      )
      const [left, ...booked] = await Promise.all([erase(account), ...bookings])
      expect(left).toMatchObject({ ok: true })
      for (const answer of booked)
        expect([true, 'signed-out', 'in-progress']).toContain(answer.ok || answer.reason)
    }
    expect(await countOrphans()).toBe(0)
    expect(await findContradictions()).toEqual([])
  })

  test('an uncommitted booking of the account is waited for, and cancelled', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 2 }] })
    const account = await createAccount(pool, person)
    const client = await database.pool.connect()
    try {
      await client.query('BEGIN')
      const values = [account.id, scene.restaurantId, scene.serviceDate, scene.startsAt]
      await client.query(
        `SELECT place_reservation($1, 'k', 'h', $2, $3, $4, 2, NULL, NULL, NULL)`,
        values,
      )
      const erasing = erase(account)
      // The deletion waits for this row's lock; once it waits, the booking commits.
      const countWaiting = async () =>
        (await database.query('SELECT 1 FROM pg_locks WHERE NOT granted')).length
      await expect.poll(countWaiting, { interval: 10 }).toBeGreaterThan(0)
      await client.query('COMMIT')
      expect(await erasing).toEqual({ ok: true, value: { cancelled: 1 } })
    } finally {
      client.release()
    }
    expect(await countOrphans()).toBe(0)
    expect(await findContradictions()).toEqual([])
  })
})
