import { createHash } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { endSession, sweepSessions } from '@/domain/identity/session.commands'
import { drainOutbox } from '@/domain/notification/commands'
import {
  addDevice,
  chooseFirstChannel,
  removeDevice,
} from '@/domain/notification/subscription.commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { actAs, joinLine, setUpLine } from '@/tests/support/line-scene'
import { makeAllDue, queueCancelled, queueConfirmed } from '@/tests/support/notices'
import { useOutside } from '@/tests/support/outside'
import { isSignedFor, makeBrowser } from '@/tests/support/push-message'
import { duringTransaction, holdSession } from '@/tests/support/session-scene'

const database = useDatabase()
const inbox = useInbox()
const outside = useOutside()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  inbox.misbehave(null)
  outside.clear()
})

const HASH = `encode(endpoint_hash, 'hex')`
const hashEndpoint = (endpoint: string) => createHash('sha256').update(endpoint).digest('hex')

let devices = 0
/** A browser with notices turned on. */
async function turnOn(accountId: string, sessionId: string | null = null) {
  const browser = makeBrowser()
  devices += 1
  const path = `/push/${devices}`
  const device = { endpoint: `${outside.origin}${path}`, ...browser.keys }
  expect(await addDevice({ accountId, sessionId, device })).toMatchObject({ ok: true })
  return { ...browser, path, endpoint: device.endpoint }
}

/** A diner in line who is called, the staff's ten seconds being over. */
async function callSomebody(isSignedIn = false) {
  const line = await setUpLine()
  const ticket = await joinLine(line)
  await database.query('DELETE FROM notices')
  const session = isSignedIn ? await holdSession(ticket.dinerId) : null
  const device = await turnOn(ticket.dinerId, session?.sessionId)
  return { line, ticket, device, sessionId: session?.sessionId ?? '' }
}
async function callNow({ line, ticket }: Awaited<ReturnType<typeof callSomebody>>) {
  expect(await actAs(line.ownerId, 'CALL', ticket.id)).toMatchObject({ ok: true })
  await makeAllDue(database)
}

const listRows = () =>
  database.query<{ kind: string; channel: string; state: string; why: string | null }>(
    `SELECT kind, channel, state::text AS state, coalesce(dropped_because, routed_because) AS why
       FROM notices ORDER BY ordinal`,
  )

describe('a call by push', () => {
  it('reaches the browser encrypted for it, urgent, and is not mailed', async () => {
    const scene = await callSomebody()
    await callNow(scene)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    const [push] = outside.received
    expect(JSON.parse(scene.device.read(push?.body ?? Buffer.of()))).toMatchObject({
      title: '지금 들어오세요',
      url: `http://localhost:3000/tickets/${scene.ticket.id}`,
      lang: 'ko',
    })
    expect(push?.headers).toMatchObject({ ttl: '600', urgency: 'high' })
    expect(push?.headers.topic).toMatch(/^[\w-]{32}$/)
    const signed = { authorization: String(push?.headers.authorization), origin: outside.origin }
    const publicKey = String(process.env.VAPID_PUBLIC_KEY)
    expect(isSignedFor({ ...signed, publicKey })).toBe(true)
    expect(inbox.listMails()).toEqual([])
    expect(await listRows()).toEqual([
      { kind: 'TICKET_CALLED', channel: 'PUSH', state: 'SENT', why: 'chosen' },
    ])
  })

  it('G17: with an invalid key goes by mail at once', async () => {
    const scene = await callSomebody()
    await database.query(`UPDATE push_subscriptions SET p256dh = repeat('A', 87)`)
    await callNow(scene)
    expect(await drainOutbox()).toMatchObject({ rerouted: 1, sent: 1 })
    expect(inbox.listMails()).toHaveLength(1)
  })

  it('G19: ends with every session: waiting notices go by mail', async () => {
    const scene = await callSomebody()
    await callNow(scene)
    await database.query(`UPDATE accounts SET session_epoch = session_epoch + 1 WHERE id = $1`, [
      scene.ticket.dinerId,
    ])
    expect(await drainOutbox()).toMatchObject({ rerouted: 1, sent: 1 })
    expect(outside.received).toEqual([])
    expect(inbox.listMails()).toHaveLength(1)
    const [account] = await database.query<{ channels: string[] }>(
      'SELECT notice_channels AS channels FROM accounts WHERE id = $1',
      [scene.ticket.dinerId],
    )
    expect(account?.channels).toEqual(['MAIL'])
  })

  it('G24: ends with its device’s session: the account’s other phone gets it, not the lost one', async () => {
    const scene = await callSomebody(true)
    const { dinerId: accountId } = scene.ticket
    const other = await holdSession(accountId)
    const kept = await turnOn(accountId, other.sessionId)
    await endSession({ accountId, sessionId: scene.sessionId, address: null })
    await callNow(scene)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(outside.received.map(({ path }) => path)).toEqual([kept.path])
    expect(inbox.listMails()).toEqual([])
  })

  it('G24: that waits for the device that is signed out goes by mail', async () => {
    const scene = await callSomebody(true)
    await callNow(scene)
    const { dinerId: accountId } = scene.ticket
    await endSession({ accountId, sessionId: scene.sessionId, address: null })
    expect(await drainOutbox()).toMatchObject({ rerouted: 1, sent: 1 })
    expect(outside.received).toEqual([])
    expect(inbox.listMails()).toHaveLength(1)
  })

  it('G24, control: goes on where a session has only run out, or one of another account ends', async () => {
    const scene = await callSomebody(true)
    const stranger = await holdSession((await createAccount(pool)).id)
    await endSession({ ...stranger, address: null })
    await database.query(
      `UPDATE sessions SET created_at = now() - interval '90 days', expires_at = now() - interval '1 ms'`,
    )
    await sweepSessions()
    expect(await database.query('SELECT 1 FROM sessions')).toEqual([])
    await callNow(scene)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(outside.received).toHaveLength(1)
  })

  it('G24: of a browser whose session is not known ends with any session that is ended', async () => {
    const scene = await callSomebody()
    const { dinerId: accountId } = scene.ticket
    const { sessionId } = await holdSession(accountId)
    await endSession({ accountId, sessionId, address: null })
    expect(await database.query('SELECT 1 FROM push_subscriptions')).toEqual([])
  })

  it('G24: is not turned on by a session that is ended meanwhile', async () => {
    const account = await createAccount(pool)
    const { accountId, sessionId } = await holdSession(account.id)
    const device = { endpoint: `${outside.origin}/push/late`, ...makeBrowser().keys }
    const added = await duringTransaction({
      database,
      sql: 'DELETE FROM sessions WHERE id = $1',
      values: [sessionId],
      work: () => addDevice({ accountId, sessionId, device }),
    })
    expect(added).toMatchObject({ reason: 'signed-out' })
    expect(await database.query('SELECT 1 FROM push_subscriptions')).toEqual([])
  })

  it('can’t be read by another browser', async () => {
    const scene = await callSomebody()
    await callNow(scene)
    await drainOutbox()
    const [push] = outside.received
    expect(() => makeBrowser().read(push?.body ?? Buffer.of())).toThrow()
  })

  it.each([
    ['is gone', 410, 'device-gone', 0],
    ['is unknown to its push service', 404, 'device-gone', 0],
    ['has a push service that is busy', 503, 'push-failed', 1],
    ['has a push service that hangs up', 0, 'push-failed', 1],
    ['has a push service that sends us elsewhere', 302, 'push-refused', 1],
    // Our own signature may be the fault, so the device is kept.
    ['has a push service that knows us not', 403, 'push-refused', 1],
  ])(
    'G17: of a device that %s goes by mail at once, and says why',
    async (_, status, why, left) => {
      const scene = await callSomebody()
      await callNow(scene)
      outside.answer(scene.device.path, status)
      expect(await drainOutbox()).toMatchObject({ rerouted: 1, sent: 1 })
      expect(inbox.listMails()).toHaveLength(1)
      expect(await listRows()).toEqual([
        { kind: 'TICKET_CALLED', channel: 'MAIL', state: 'SENT', why },
      ])
      expect(outside.received).toEqual([])
      expect(await database.query('SELECT id FROM push_subscriptions')).toHaveLength(left)
    },
  )

  it('is sent when one of two devices takes it; the other is forgotten', async () => {
    const scene = await callSomebody()
    const other = await turnOn(scene.ticket.dinerId)
    await callNow(scene)
    outside.answer(scene.device.path, 410)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(outside.received.map(({ path }) => path)).toEqual([other.path])
    expect(await database.query(`SELECT ${HASH} AS hash FROM push_subscriptions`)).toEqual([
      { hash: hashEndpoint(other.endpoint) },
    ])
  })

  it('goes out while the mail server is away', async () => {
    const scene = await callSomebody()
    await queueConfirmed(pool)
    closeMail()
    inbox.misbehave({ kind: 'refuse', at: 'connect', code: 421 })
    await callNow(scene)
    expect(await drainOutbox()).toMatchObject({ sent: 1, isServerAway: true })
    expect(outside.received).toHaveLength(1)
  })
})

describe('a notice that is not a call', () => {
  it('is tried at a busy push service three times before it goes by mail', async () => {
    const { ticket, device } = await callSomebody()
    await database.query(`UPDATE tickets SET third_told_by = NULL`)
    await database.query(
      `WITH event AS (INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
         VALUES ('SERVICE', 'TICKET', $1, 'TELL', 'WAITING') RETURNING id)
       SELECT queue_ticket_notice($1, event.id, 'TICKET_THIRD', now(), 3) FROM event`,
      [ticket.id],
    )
    outside.answer(device.path, 503)
    for (const expected of [{ retry: 1 }, { retry: 1 }, { rerouted: 1, sent: 1 }]) {
      await makeAllDue(database)
      expect(await drainOutbox()).toMatchObject(expected)
    }
    expect(inbox.listMails()).toHaveLength(1)
  })

  it('is mailed as well where it has a calendar file, and its failed push is dropped', async () => {
    const diner = await createAccount(pool)
    const device = await turnOn(diner.id)
    const first = await queueConfirmed(pool)
    await database.query('DELETE FROM notices')
    await database.query('UPDATE reservations SET diner_id = $1', [diner.id])
    outside.answer(device.path, 410)
    await queueCancelled(pool, first.reservationId)
    await drainOutbox()
    expect(inbox.listMails(diner.email)).toHaveLength(1)
    expect(await listRows()).toEqual([
      { kind: 'RESERVATION_CANCELLED', channel: 'MAIL', state: 'SENT', why: 'kept' },
      { kind: 'RESERVATION_CANCELLED', channel: 'PUSH', state: 'DROPPED', why: 'mailed' },
    ])
  })
})

describe('the diner’s choice', () => {
  it('mail first sends mail although a device is on, and waiting notices follow the choice', async () => {
    const scene = await callSomebody()
    const { dinerId: accountId } = scene.ticket
    await callNow(scene)
    const channelNow = async () => (await listRows()).map(({ channel, why }) => [channel, why])
    expect(await channelNow()).toEqual([['PUSH', 'chosen']])
    await chooseFirstChannel({ accountId, first: 'MAIL' })
    expect(await channelNow()).toEqual([['MAIL', 'chosen']])
    await chooseFirstChannel({ accountId, first: 'PUSH' })
    expect(await channelNow()).toEqual([['PUSH', 'chosen']])
    await removeDevice({ accountId, endpoint: scene.device.endpoint })
    expect(await channelNow()).toEqual([['MAIL', 'chosen']])
  })

  it.each([
    ['our own network', 'https://10.0.0.7/push/1'],
    ['this machine', 'https://127.0.0.1/push/1'],
    ['another port of it', 'http://127.0.0.1:1/push/1'],
    ['without encryption', 'http://fcm.googleapis.com/push/1'],
    ['a name that only looks like a push service', 'https://fcm.googleapis.com.evil.test/1'],
    ['a password in it', 'https://a:b@fcm.googleapis.com/1'],
    ['the metadata of a cloud', 'https://169.254.169.254/latest'],
  ])('a device at %s is refused, and nothing is kept', async (_, endpoint) => {
    const { id: accountId } = await createAccount(pool)
    const device = { endpoint, ...makeBrowser().keys }
    expect(await addDevice({ accountId, sessionId: null, device })).toMatchObject({
      reason: 'push-endpoint',
    })
    expect(await database.query('SELECT id FROM push_subscriptions')).toEqual([])
  })

  it('a device of a push service no longer allowed is not contacted, and forgotten', async () => {
    const scene = await callSomebody()
    await database.query(`UPDATE push_subscriptions SET endpoint = 'http://127.0.0.1:1/push/1'`)
    await callNow(scene)
    expect(await drainOutbox()).toMatchObject({ rerouted: 1, sent: 1 })
    expect(await database.query('SELECT id FROM push_subscriptions')).toEqual([])
  })

  it('keeps ten devices, and a browser belongs to the account that turned it on last', async () => {
    const first = await createAccount(pool)
    const second = await createAccount(pool)
    const { endpoint, keys } = await turnOn(first.id)
    for (let n = 0; n < 10; n += 1) await turnOn(first.id)
    expect(await database.query('SELECT id FROM push_subscriptions')).toHaveLength(10)
    await addDevice({ accountId: second.id, sessionId: null, device: { endpoint, ...keys } })
    await addDevice({ accountId: first.id, sessionId: null, device: { endpoint, ...keys } })
    expect(
      await database.query(`SELECT account_id FROM push_subscriptions WHERE ${HASH} = $1`, [
        hashEndpoint(endpoint),
      ]),
    ).toEqual([{ account_id: first.id }])
  })
})
