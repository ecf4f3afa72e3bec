import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { drainOutbox } from '@/domain/notification/commands'
import { claimNotices, recordOutcomes } from '@/domain/notification/outbox.commands'
import { addDevice, addGuestDevice } from '@/domain/notification/subscription.commands'
import { setSlackHook } from '@/domain/restaurant/settings.commands'
import { readSlackState } from '@/domain/restaurant/settings.queries'
import { type DataKey, decryptValue } from '@/lib/crypto/encrypted-value'
import { pool } from '@/lib/db/database'
import { sealedColumns, sealedTables } from '@/lib/db/sealed-columns'
import { env } from '@/lib/env'
import { closeMail } from '@/lib/mail/mail'
import { createAccount, createRestaurant, createStaff } from '@/prisma/factories'
import { reseal, resealTable } from '@/prisma/reseal'
import type { Database } from '@/prisma/rows'
import { useDatabase } from '@/tests/support/database'
import { setUpDoor, takeAtDoor } from '@/tests/support/door-scene'
import { useInbox } from '@/tests/support/inbox'
import { makeAllDue, queueConfirmed } from '@/tests/support/notices'
import { useOutside } from '@/tests/support/outside'
import { makeBrowser } from '@/tests/support/push-message'
import { findInDatabase } from '@/tests/support/search-database'
import { resealBlindly } from '@/tests/support/unprotected-reseal'
import { holdSession } from '../support/session-scene'

const database = useDatabase()
const inbox = useInbox()
const outside = useOutside()

/** As a process with "old,new" has them, and as the rotation has them. */
const [old, fresh] = env.DATA_KEYS
const rotated = [fresh, old].filter((key) => key !== undefined)

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  outside.clear()
})

const connect = async (restaurantId: string, url: string | null) => {
  const owner = await createAccount(pool, { role: 'OWNER' })
  await createStaff(pool, { restaurantId, accountId: owner.id })
  const actor = { accountId: owner.id, address: null }
  const { sessionId } = await holdSession(owner.id)
  expect(await setSlackHook({ restaurantId, url, locale: 'ko', sessionId, actor })).toMatchObject({
    ok: true,
  })
}

/** A booking that a restaurant's Slack is about to hear of. */
async function queueForSlack(path = `/slack/${randomUUID()}`) {
  const booked = await queueConfirmed(pool)
  await connect(booked.restaurantId, `${outside.origin}${path}`)
  await database.query('DELETE FROM notices')
  await tellAgain(booked.reservationId)
  return { ...booked, url: `${outside.origin}${path}`, path }
}

const tellAgain = (reservationId: string) =>
  database.query(
    `WITH event AS (INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
       VALUES ('DINER', 'RESERVATION', $1, 'BOOK', 'CONFIRMED') RETURNING id)
     SELECT queue_reservation_notice($1, event.id, 'RESERVATION_CONFIRMED', now()) FROM event`,
    [reservationId],
  )

const listPosted = () => outside.received.map(({ path }) => path)

let devices = 0
const makeDevice = () => {
  devices += 1
  return { endpoint: `${outside.origin}/push/${devices}`, ...makeBrowser().keys }
}

/** Everything that is stored, opened with some keys. */
async function readSecrets(keys: readonly DataKey[]) {
  const found: { stored: string; opened: ReturnType<typeof decryptValue> }[] = []
  for (const table of sealedTables) {
    const { key, columns } = sealedColumns[table]
    for (const column of columns) {
      const rows = await database.query<{ id: string; stored: string }>(
        `SELECT ${key} AS id, ${column} AS stored FROM ${table} ORDER BY ${key}`,
      )
      for (const { id, stored } of rows)
        found.push({
          stored,
          opened: decryptValue({ stored, keys, place: { table, column, rowId: id } }),
        })
    }
  }
  return found
}
const listTexts = async (keys: readonly DataKey[]) =>
  (await readSecrets(keys)).map(({ opened }) => ('text' in opened ? opened.text : opened.state))

/** One of each kind, stored in plain as the release before did. */
async function storePlain() {
  const restaurant = await createRestaurant(pool)
  const account = await createAccount(pool)
  const ticket = await takeAtDoor(await setUpDoor())
  const url = 'https://hooks.slack.com/services/T0/B0/plain'
  const [one, other] = [makeDevice(), makeDevice()]
  await database.query(
    `INSERT INTO slack_hooks (restaurant_id, url, locale) VALUES ($1, $2, 'ko')`,
    [restaurant.id, url],
  )
  await database.query(
    'INSERT INTO push_subscriptions (account_id, endpoint, p256dh, auth) VALUES ($1, $2, $3, $4)',
    [account.id, one.endpoint, one.p256dh, one.auth],
  )
  await database.query(
    'INSERT INTO guest_devices (ticket_id, endpoint, p256dh, auth) VALUES ($1, $2, $3, $4)',
    [ticket.id, other.endpoint, other.p256dh, other.auth],
  )
  return [url, one.endpoint, one.p256dh, one.auth, other.endpoint, other.p256dh, other.auth]
}

const resealAll = async (keys: readonly DataKey[], db: Database = pool) => {
  const done = { sealed: 0, unreadable: 0 }
  for (const table of sealedTables) {
    const { sealed, unreadable } = await reseal({ db, table, keys })
    done.sealed += sealed
    done.unreadable += unreadable
  }
  return done
}

describe('secrets at rest', () => {
  it('a dump of the database contains no hook, endpoint or key that was set', async () => {
    const { restaurantId, url } = await queueForSlack('/slack/secret-of-the-kitchen')
    const account = await createAccount(pool)
    const ticket = await takeAtDoor(await setUpDoor())
    const [one, other] = [makeDevice(), makeDevice()]
    expect(await addDevice({ accountId: account.id, sessionId: null, device: one })).toMatchObject({
      ok: true,
    })
    expect(await addGuestDevice({ ticketId: ticket.id, device: other })).toMatchObject({ ok: true })
    await drainOutbox()
    const secrets = [url, 'secret-of-the-kitchen', ...Object.values(one), ...Object.values(other)]
    for (const secret of secrets) expect(await findInDatabase(database, secret)).toEqual([])
    // The control: the search finds what is there.
    expect(await findInDatabase(database, restaurantId)).toContain('slack_hooks')
    expect(listPosted()).toEqual(['/slack/secret-of-the-kitchen'])
  })

  it('what the release before stored in plain is readable, until the command has sealed it', async () => {
    const secrets = await storePlain()
    expect(await findInDatabase(database, String(secrets[0]))).toEqual(['slack_hooks'])
    expect(await listTexts([])).toHaveLength(secrets.length)
    expect((await listTexts([])).toSorted()).toEqual(secrets.toSorted())
    expect(await resealAll(env.DATA_KEYS)).toEqual({ sealed: 3, unreadable: 0 })
    for (const secret of secrets) expect(await findInDatabase(database, secret)).toEqual([])
    expect((await listTexts(env.DATA_KEYS)).toSorted()).toEqual(secrets.toSorted())
    expect(await resealAll(env.DATA_KEYS)).toEqual({ sealed: 0, unreadable: 0 })
  })

  it('a hook stored in plain is posted to, before and after it is sealed', async () => {
    const { restaurantId, reservationId, url, path } = await queueForSlack()
    await database.query('UPDATE slack_hooks SET url = $1', [url])
    await drainOutbox()
    await resealAll(env.DATA_KEYS)
    expect(await findInDatabase(database, url)).toEqual([])
    await tellAgain(reservationId)
    await drainOutbox()
    expect(listPosted()).toEqual([path, path])
    expect(await readSlackState(restaurantId)).toMatchObject({ state: 'on' })
  })

  it('a browser known in plain is the same browser when it comes again', async () => {
    const account = await createAccount(pool)
    const device = makeDevice()
    await database.query(
      'INSERT INTO push_subscriptions (account_id, endpoint, p256dh, auth) VALUES ($1, $2, $3, $4)',
      [account.id, device.endpoint, device.p256dh, device.auth],
    )
    expect(await addDevice({ accountId: account.id, sessionId: null, device })).toMatchObject({
      ok: true,
    })
    expect(await addDevice({ accountId: account.id, sessionId: null, device })).toMatchObject({
      ok: true,
    })
    expect((await listTexts(env.DATA_KEYS)).toSorted()).toEqual(Object.values(device).toSorted())
  })
})

describe('a ciphertext that is not its row’s', () => {
  /** Two restaurants, of which one is about to be told. */
  const setUpTwo = async () => {
    const mine = await queueForSlack()
    const theirs = await queueForSlack()
    await database.query('DELETE FROM notices')
    await tellAgain(mine.reservationId)
    return { mine, theirs }
  }

  it('moved from another row posts nothing, and the hook stays for an operator to see', async () => {
    const { mine, theirs } = await setUpTwo()
    await database.query(
      `UPDATE slack_hooks SET url = (SELECT url FROM slack_hooks WHERE restaurant_id = $2) WHERE restaurant_id = $1`,
      [mine.restaurantId, theirs.restaurantId],
    )
    expect(await drainOutbox()).toMatchObject({ dead: 1 })
    expect(outside.received).toEqual([])
    expect(await readSlackState(mine.restaurantId)).toMatchObject({ state: 'on' })
  })

  it('tampered with posts nothing, and is not sealed anew as if it were right', async () => {
    const { mine } = await setUpTwo()
    await database.query(
      `UPDATE slack_hooks SET url = overlay(url PLACING CASE substr(url, 40, 1) WHEN 'A' THEN 'B' ELSE 'A' END FROM 40)
        WHERE restaurant_id = $1`,
      [mine.restaurantId],
    )
    expect(await resealAll(rotated)).toEqual({ sealed: 1, unreadable: 1 })
    expect(await drainOutbox()).toMatchObject({ dead: 1 })
    expect(outside.received).toEqual([])
  })

  it('of a key we don’t have is tried again, and posted once the key is back', async () => {
    const { mine } = await setUpTwo()
    await database.query(`UPDATE slack_hooks SET url = replace(url, $1, 'ffffffff')`, [old?.id])
    expect(await drainOutbox()).toMatchObject({ retry: 1, dead: 0 })
    expect(await readSlackState(mine.restaurantId)).toMatchObject({ state: 'on' })
    await database.query(`UPDATE slack_hooks SET url = replace(url, 'ffffffff', $1)`, [old?.id])
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(listPosted()).toEqual([mine.path])
  })

  it('untouched, the control of the three above, is posted', async () => {
    const { mine } = await setUpTwo()
    expect(await drainOutbox()).toMatchObject({ dead: 0, retry: 0 })
    expect(listPosted()).toEqual([mine.path])
  })
})

describe('a rotation of keys', () => {
  it('seals everything anew while workers send, and each message arrives', async () => {
    const booked: { reservationId: string }[] = []
    for (let count = 0; count < 6; count += 1) booked.push(await queueForSlack())
    await database.query('DELETE FROM notices')
    let isOver = false
    const rotation = (async () => {
      for (let count = 0; count < 10; count += 1)
        await resealAll(count % 2 === 0 ? rotated : env.DATA_KEYS)
      await resealAll(rotated)
      isOver = true
    })()
    let told = 0
    do {
      for (const { reservationId } of booked) await tellAgain(reservationId)
      told += booked.length
      await drainOutbox()
    } while (!isOver)
    await rotation
    const slack = await database.query<{ state: string; count: number }>(
      `SELECT state::text AS state, count(*)::int AS count FROM notices WHERE channel = 'SLACK' GROUP BY 1`,
    )
    expect(slack).toEqual([{ state: 'SENT', count: told }])
    expect(outside.received).toHaveLength(told)
    const stored = (await readSecrets(rotated)).map((each) => each.stored.split(':')[1])
    expect(new Set(stored)).toEqual(new Set([fresh?.id]))
  })

  it('two at once end with every secret sealed by the new key, and none changed', async () => {
    const account = await createAccount(pool)
    const values = Array.from({ length: 450 }, makeDevice)
    await database.query(
      `INSERT INTO push_subscriptions (account_id, endpoint, p256dh, auth)
       SELECT $1, d ->> 'endpoint', d ->> 'p256dh', d ->> 'auth' FROM jsonb_array_elements($2::jsonb) AS d`,
      [account.id, JSON.stringify(values)],
    )
    const [one, other] = await Promise.all([resealAll(rotated), resealAll(rotated)])
    expect(one.sealed + other.sealed).toBe(450)
    const secrets = await readSecrets([fresh].filter((key) => key !== undefined))
    expect(secrets.map(({ opened }) => ('text' in opened ? opened.text : '')).toSorted()).toEqual(
      values.flatMap((value) => Object.values(value)).toSorted(),
    )
    expect(secrets.every(({ opened }) => opened.state === 'opened')).toBe(true)
  })

  /** Changes the hook between what a rotation reads and what it writes. */
  const meddle = (change: () => Promise<unknown>): Database => {
    let isChanged = false
    const query = async (sql: string, values: unknown[]) => {
      const read = await pool.query(sql, values)
      if (!isChanged) {
        isChanged = true
        await change()
      }
      return read
    }
    return Object.assign(Object.create(pool), { query })
  }
  const readHook = async () => (await listTexts(env.DATA_KEYS))[0]

  it('does not lose a hook that its owner changes meanwhile', async () => {
    const { restaurantId } = await queueForSlack()
    const anew = `${outside.origin}/slack/anew`
    const db = meddle(() => connect(restaurantId, anew))
    const table = 'slack_hooks'
    expect(await resealTable({ db, table, keys: rotated })).toMatchObject({ sealed: 0, changed: 1 })
    expect(await readHook()).toBe(anew)
    expect(await resealAll(rotated)).toEqual({ sealed: 1, unreadable: 0 })
    expect(await readHook()).toBe(anew)
  })

  it('without the comparison would lose it: the control', async () => {
    const { restaurantId, url } = await queueForSlack()
    await resealBlindly(
      meddle(() => connect(restaurantId, `${outside.origin}/slack/anew`)),
      rotated,
    )
    expect(await readHook()).toBe(url)
  })

  it('stopped half-way goes on with the rest', async () => {
    const account = await createAccount(pool)
    const values = Array.from({ length: 250 }, makeDevice)
    for (const device of values)
      await database.query(
        'INSERT INTO push_subscriptions (account_id, endpoint, p256dh, auth) VALUES ($1, $2, $3, $4)',
        [account.id, device.endpoint, device.p256dh, device.auth],
      )
    let statements = 0
    const query = (sql: string, given: unknown[]) => {
      statements += 1
      // The first batch is read and written, after a look at an empty table; the second one is not.
      if (statements === 4) throw new Error('killed')
      return pool.query(sql, given)
    }
    const dying: Database = Object.assign(Object.create(pool), { query })
    await expect(resealAll(rotated, dying)).rejects.toThrow('killed')
    expect(await resealAll(rotated)).toEqual({ sealed: 50, unreadable: 0 })
  })

  it('while a worker holds a notice does not keep a closed hook in use', async () => {
    const { restaurantId } = await queueForSlack()
    const leaseToken = randomUUID()
    const { notices } = await claimNotices({ limit: 20, leaseToken, leaseMs: 60_000 })
    const posted = notices.find(({ channel }) => channel === 'SLACK')
    await resealAll(rotated)
    const refusedHook = { restaurantId, setAt: String(posted?.hook?.setAt) }
    const outcome = { id: String(posted?.id), outcome: 'dead' as const, error: '404', refusedHook }
    await recordOutcomes({ leaseToken, outcomes: [outcome] })
    expect(await readSlackState(restaurantId)).toMatchObject({ state: 'refused' })
  })
})
