import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { forgetOverdue } from '@/domain/admin/retention.commands'
import { signUp } from '@/domain/identity/sign-up.commands'
import { recordReports } from '@/domain/notification/bounce.commands'
import { drainOutbox } from '@/domain/notification/commands'
import { addGuestDevice } from '@/domain/notification/subscription.commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount, createReservation, createRestaurant, createSlot } from '@/prisma/factories'
import { book, move, setUpRestaurant } from '../support/booking-restaurant'
import { bookAs } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { setUpDoor, takeAtDoor } from '../support/door-scene'
import { findInDump, spellPhone } from '../support/dump'
import { useInbox } from '../support/inbox'
import { actAs, seatAs, setUpLine } from '../support/line-scene'
import { makeAllDue } from '../support/notices'
import { useOutside } from '../support/outside'
import { letDaysPass, sweepOverdue } from '../support/passing-days'
import { makeBrowser } from '../support/push-message'

const database = useDatabase()
const inbox = useInbox()
const outside = useOutside()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  outside.clear()
})

const find = (...words: string[]) => findInDump(database, words)
const pass = (days: number) => letDaysPass(database, days)

const guest = { phone: '+821055512345', email: 'guest-kim@mailbox.test' }
const traces = [...spellPhone(guest.phone), 'guest-kim']

/** A guest at the door with number, address and phone, told, called, bounced, and gone. */
async function fillWithGuest() {
  const door = await setUpDoor()
  await database.query(
    `INSERT INTO slack_hooks (restaurant_id, url, locale) VALUES ($1, $2, 'ko')`,
    [door.restaurantId, `${outside.origin}/slack`],
  )
  const ticket = await takeAtDoor(door, guest)
  const device = { endpoint: `${outside.origin}/push/guest-kim`, ...makeBrowser().keys }
  expect(await addGuestDevice({ ticketId: ticket.id, device })).toMatchObject({ ok: true })
  await actAs(door.ownerId, 'CALL', ticket.id)
  await makeAllDue(database)
  await drainOutbox()
  expect(inbox.listMails(guest.email).length).toBeGreaterThan(0)
  const [mail] = await database.query<{ id: string }>(
    `SELECT id FROM notices WHERE channel = 'MAIL' AND subject_id = $1`,
    [ticket.id],
  )
  await recordReports({
    deliveryId: 'a-report',
    sentAtSeconds: Date.now() / 1000,
    reports: [
      {
        address: guest.email,
        kind: 'BOUNCE',
        reason: `no ${guest.email}`,
        noticeId: mail?.id ?? null,
      },
    ],
  })
  expect(await seatAs(door.ownerId, ticket.id)).toMatchObject({ ok: true })
  return { door, ticket }
}

describe('G23: what is kept no longer is nowhere in a dump', () => {
  test('contacts of guests, and what was sent to them: 24 hours after the service date', async () => {
    const { ticket } = await fillWithGuest()
    const before = await find(...traces)
    expect(before, 'control: the search finds what is there').toEqual(
      expect.arrayContaining([
        ...['mail_refusals.address', 'mail_refusals.reason'],
        ...[
          'notices.last_error',
          'notices.recipient',
          'tickets.contact_email',
          'tickets.contact_phone',
        ],
      ]),
    )
    await pass(1)
    await sweepOverdue()
    expect(await find(...traces), 'on the day after they are still needed').toContain(
      'tickets.contact_phone',
    )
    await pass(1)
    await sweepOverdue()
    expect(await find(...traces)).toEqual([])
    const [row] = await database.query('SELECT number, taken_hash FROM tickets WHERE id = $1', [
      ticket.id,
    ])
    expect(row, 'a number can be guessed from its hash').toEqual({ number: 1, taken_hash: '' })
    expect(
      await database.query(`SELECT DISTINCT payload FROM notices WHERE subject_id = $1`, [
        ticket.id,
      ]),
    ).toEqual([{ payload: {} }])
  })

  test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
    'contacts of guests are kept by the clock of their restaurant, in %s too',
    async (timeZone) => {
      const { restaurantId } = await setUpLine({ timeZone })
      const insert = (daysAgo: number) =>
        database.query(
          `WITH day AS (SELECT service_date_at(now() - interval '24 hours', time_zone, day_cut_minutes) - $2::int AS date FROM restaurants WHERE id = $1),
                line AS (INSERT INTO lines (restaurant_id, service_date) SELECT $1, date FROM day)
           INSERT INTO tickets (restaurant_id, service_date, number, rank, party_size, dining, channel, contact_phone,
                                asker_id, taken_key, taken_hash, status, ended_at)
           SELECT $1, date, 1, 1, 2, 'TAKEOUT', 'KIOSK', 'day ' || $2, gen_random_uuid(), 'k', 'h', 'SEATED', now() FROM day`,
          [restaurantId, daysAgo],
        )
      await insert(0)
      await insert(1)
      await forgetOverdue('guest-contacts')
      expect(
        await database.query('SELECT contact_phone AS kept FROM tickets ORDER BY service_date'),
      ).toEqual([{ kept: null }, { kept: 'day 0' }])
    },
  )

  test('allergies, on reservations, in notices and on day sheets: 30 days after the service date', async () => {
    const { scene, ownerId } = await setUpRestaurant()
    const diner = await createAccount(pool, { name: '홍길동' })
    const booked = await bookAs(diner.id, scene, { allergies: '메밀 알레르기' })
    if (!booked.ok) throw new Error(booked.reason)
    await move(booked.value.reservation.id, 'SEAT', ownerId)
    await database.query(
      `INSERT INTO notices (event_id, kind, account_id, restaurant_id, subject_id, recipient, locale, payload)
       SELECT id, 'DAY_SHEET', $1, restaurant_id, restaurant_id, 'owner@bobjool.test', 'ko',
              jsonb_build_object('reservations', jsonb_build_array(
                jsonb_build_object('accountId', $2::text, 'note', '창가', 'allergies', '메밀 알레르기'),
                jsonb_build_object('accountId', NULL, 'note', NULL, 'allergies', NULL)))
         FROM audit_events WHERE act = 'BOOK'`,
      [ownerId, diner.id],
    )
    const places = ['notices.payload', 'reservations.allergies']
    expect(await find('메밀'), 'control').toEqual(expect.arrayContaining(places))
    await pass(30)
    await sweepOverdue()
    expect(await find('메밀'), 'on the thirtieth day').toContain('reservations.allergies')
    await pass(1)
    await sweepOverdue()
    expect(await find('메밀')).toEqual([])
    const [sheet] = await database.query(`SELECT payload FROM notices WHERE kind = 'DAY_SHEET'`)
    expect(sheet?.payload, 'the rest of a sheet stays').toEqual({
      reservations: [
        { accountId: diner.id, note: '창가', allergies: null },
        { accountId: null, note: null, allergies: null },
      ],
    })
  })

  test('why tables were closed, and what one shift told the next: 30 days', async () => {
    const { restaurantId } = await setUpLine()
    await database.query(
      `INSERT INTO shift_notes (restaurant_id, service_date, text)
       SELECT id, service_date_at(now(), time_zone, day_cut_minutes), '김철수 님 케이크' FROM restaurants WHERE id = $1`,
      [restaurantId],
    )
    await database.query(
      `INSERT INTO table_closures (restaurant_id, starts_at, ends_at, reason)
       VALUES ($1, now() - interval '1 hour', now(), '김철수 님이 깬 유리')`,
      [restaurantId],
    )
    await pass(29)
    await sweepOverdue()
    const places = ['shift_notes.text', 'table_closures.reason']
    expect(await find('김철수'), 'on the thirtieth day').toEqual(places)
    await pass(2)
    await sweepOverdue()
    expect(await find('김철수')).toEqual([])
  })

  test('notices, to whom they went and what they said: 90 days after they were due', async () => {
    const { scene } = await setUpRestaurant()
    const diner = await createAccount(pool, { email: 'lee-diner@bobjool.test', name: '이몽룡' })
    await book(diner.id, scene)
    await drainOutbox()
    const [later] = await database.query<{ id: string }>(
      `INSERT INTO notices (event_id, kind, account_id, restaurant_id, subject_id, recipient, locale, payload, due_at)
       SELECT event_id, 'RESERVATION_SOON', account_id, restaurant_id, subject_id, recipient, locale, payload,
              now() + interval '95 days' FROM notices LIMIT 1 RETURNING id`,
    )
    const sent = () => find('이몽룡', 'lee-diner')
    expect(await sent(), 'control').toEqual(
      expect.arrayContaining(['notices.payload', 'notices.recipient']),
    )
    await pass(91)
    await sweepOverdue()
    expect(await sent(), 'a reminder waits for its day').toContain('notices.payload')
    await database.query('DELETE FROM notices WHERE id = $1', [later?.id])
    expect(await sent()).toEqual(['accounts.email', 'accounts.name'])
  })

  test('a notice that failed for good can’t be sent again once it was emptied', async () => {
    const { scene } = await setUpRestaurant()
    const { id } = await createAccount(pool)
    await book(id, scene)
    await database.query(`UPDATE notices SET state = 'DEAD'`)
    await pass(91)
    await sweepOverdue()
    expect(
      await database.query('SELECT DISTINCT state::text, dropped_because FROM notices'),
    ).toEqual([{ state: 'DROPPED', dropped_because: 'forgotten' }])
  })

  test('idempotency keys, with the answers under them: 2 days', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    await bookAs(dinerId, scene, { key: 'the-key-of-a-diner' })
    expect(await find('the-key-of-a-diner'), 'control').toEqual(['idempotency_keys.key'])
    await pass(1)
    await sweepOverdue()
    expect(await find('the-key-of-a-diner')).toEqual(['idempotency_keys.key'])
    await pass(1)
    await sweepOverdue()
    expect(await find('the-key-of-a-diner')).toEqual([])
  })

  test('network addresses in the audit log: 90 days, then only their network', async () => {
    const { id } = await createAccount(pool)
    const addresses = [
      '203.0.113.77',
      '2001:db8:aa:bb::77',
      '::ffff:198.51.100.9',
      'not an address 77',
    ]
    for (const address of addresses)
      await database.query(
        `INSERT INTO audit_events (actor_id, actor_role, address, subject, subject_id, act, to_status)
         VALUES ($1, 'DINER', $2, 'ACCOUNT', $1, 'CHANGE', 'ACTIVE')`,
        [id, address],
      )
    const found = () => find(...addresses, '2001:db8:aa:bb')
    expect(await found(), 'control').toEqual(['audit_events.address'])
    await pass(89)
    await sweepOverdue()
    expect(await found()).toEqual(['audit_events.address'])
    await pass(2)
    await sweepOverdue()
    expect(await found()).toEqual([])
    expect(await database.query('SELECT address FROM audit_events ORDER BY address')).toEqual([
      { address: '2001:db8:aa::/48' },
      { address: '203.0.113.0/24' },
      { address: '::/48' },
      { address: null },
    ])
    expect(await forgetOverdue('network-addresses'), 'what is cut stays so').toEqual({
      forgotten: 0,
    })
  })

  test('accounts that nobody confirmed: 7 days, and not while a mailed link can still confirm them', async () => {
    const signedUp = await signUp({
      email: 'never@mailbox.test',
      password: 'a-long-password-77',
      name: '아무개',
      phone: undefined,
      wants: 'DINER',
      agreesToTerms: true,
      isFourteenOrOlder: true,
      locale: 'ko',
      asking: null,
      address: '203.0.113.8',
    })
    expect(signedUp).toMatchObject({ ok: true })
    await drainOutbox()
    const found = () => find('never@mailbox', '아무개', '203.0.113.8')
    expect(await found(), 'control').toEqual(
      expect.arrayContaining(['accounts.email', 'notices.recipient', 'account_links.email']),
    )
    await pass(6)
    await sweepOverdue()
    expect(await found()).toContain('accounts.email')
    await pass(2)
    await database.query(`UPDATE account_links SET expires_at = now() + interval '1 hour'`)
    await sweepOverdue()
    expect(await found()).toContain('accounts.email')
    await pass(1)
    await sweepOverdue()
    expect(await found()).toEqual([])
    expect(
      await database.query(`SELECT act, to_status FROM audit_events WHERE act = 'DELETE_ACCOUNT'`),
    ).toEqual([{ act: 'DELETE_ACCOUNT', to_status: 'DELETED' }])
  })

  test('a confirmed account stays', async () => {
    const { id } = await createAccount(pool)
    await pass(300)
    await sweepOverdue()
    expect(await database.query('SELECT id FROM accounts')).toEqual([{ id }])
  })

  test('mailed links and invitations that are over: 90 days', async () => {
    const { id } = await createAccount(pool, { email: 'new@bobjool.test' })
    const { id: restaurantId } = await createRestaurant(pool)
    await database.query(
      `INSERT INTO account_links (account_id, purpose, email, expires_at, used_at)
       VALUES ($1, 'SIGN_IN', 'former@mailbox.test', now() + interval '1 hour', now())`,
      [id],
    )
    await database.query(
      `INSERT INTO staff_invitations (restaurant_id, email, role, expires_at)
       VALUES ($1, 'invited@mailbox.test', 'STAFF', now() + interval '1 hour')`,
      [restaurantId],
    )
    const places = ['account_links.email', 'staff_invitations.email']
    expect(await find('mailbox.test'), 'control').toEqual(places)
    await pass(89)
    await sweepOverdue()
    expect(await find('mailbox.test')).toEqual(places)
    await pass(2)
    await sweepOverdue()
    expect(await find('mailbox.test')).toEqual([])
  })

  test('who came: 3 years after the service date; the restaurant’s books keep the party', async () => {
    const { scene, ownerId } = await setUpRestaurant()
    const diner = await createAccount(pool, { name: '성춘향' })
    const { id } = await book(diner.id, scene)
    await database.query(
      `UPDATE reservations SET note = '성춘향입니다', allergies = '성춘향 우유', staff_note = '성춘향 단골'`,
    )
    await move(id, 'SEAT', ownerId)
    const { restaurantId } = scene
    const left = await createReservation(pool, {
      slotId: (await createSlot(pool, { restaurantId })).id,
      dinerId: diner.id,
      status: 'LEFT',
    })
    await pass(3 * 365)
    // An account asleep for so long would be told so, by its name.
    const stayAwake = () => database.query('UPDATE accounts SET seen_at = now()')
    await stayAwake()
    await sweepOverdue()
    const named = () =>
      database.query('SELECT id, party_size FROM reservations WHERE diner_id IS NOT NULL')
    expect(await named()).toHaveLength(2)
    await pass(3)
    await stayAwake()
    await sweepOverdue()
    expect(await named()).toEqual([])
    expect(await find('성춘향')).toEqual(['accounts.name'])
    expect(
      (await find(diner.id)).filter((place) => !/^(accounts|agreements)\./.test(place)),
      'nothing leads from a reservation to its diner',
    ).toEqual([])
    expect(
      await database.query('SELECT id, party_size FROM reservations ORDER BY id'),
    ).toHaveLength(2)
    expect(left.id).not.toBe(id)
  })
})
