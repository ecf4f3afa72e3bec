import { afterAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { GET as readReadiness } from '@/app/api/health/ready/route'
import { drainOutbox } from '@/domain/notification/commands'
import { pool } from '@/lib/db/database'
import { log } from '@/lib/log'
import { closeMail } from '@/lib/mail/mail'
import { countTroubles } from '@/lib/trouble'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { makeAllDue, queueConfirmed, queueMany, readNotice } from '@/tests/support/notices'

const database = useDatabase()
const inbox = useInbox()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  inbox.misbehave(null)
})

describe('a mail server that temporarily refuses', () => {
  it.each([
    ['421 at the greeting', { kind: 'refuse', at: 'connect', code: 421 }],
    ['451 to the sender', { kind: 'refuse', at: 'sender', code: 451 }],
    ['450 to the recipient', { kind: 'refuse', at: 'recipient', code: 450 }],
    ['452 to the data', { kind: 'refuse', at: 'data', code: 452 }],
    ['550 to the sender, which is about us', { kind: 'refuse', at: 'sender', code: 550 }],
    ['554 at the greeting, which is about us', { kind: 'refuse', at: 'connect', code: 554 }],
    ['a connection lost during the data', { kind: 'close-during-data' }],
    ['a connection lost after the data', { kind: 'close-after-data', isStored: false }],
  ] as const)('G17: %s: the notice backs off, and arrives once when it can', async (_, fault) => {
    closeMail()
    const { id, recipient } = await queueConfirmed(pool)
    inbox.misbehave(fault)
    expect(await drainOutbox()).toMatchObject({ sent: 0, retry: 1, dead: 0 })
    const failed = await readNotice(pool, id)
    expect(failed).toMatchObject({ state: 'QUEUED', attempts: 1, isLeased: false })
    expect(failed.lastError).toBeTruthy()
    expect(failed.dueInMs).toBeGreaterThan(0)
    expect(await drainOutbox()).toMatchObject({ sent: 0, retry: 0 })

    inbox.misbehave(null)
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(inbox.listMails(recipient)).toHaveLength(1)
    expect(await readNotice(pool, id)).toMatchObject({ state: 'SENT', attempts: 2 })
  })

  it('G17: a server that never answers after the data is given up after its timeout', async () => {
    const { id, recipient } = await queueConfirmed(pool)
    inbox.misbehave({ kind: 'stall-after-data', isStored: false, times: 1 })
    expect(await drainOutbox({ sendTimeoutMs: 300 })).toMatchObject({
      retry: 1,
      isServerAway: false,
    })
    expect((await readNotice(pool, id)).state).toBe('QUEUED')
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(inbox.listMails(recipient)).toHaveLength(1)
  })

  it('G17: one stalled mail holds up none of the others', async () => {
    const queued = await queueMany(pool, 12)
    inbox.misbehave({ kind: 'stall-after-data', isStored: false, times: 1 })
    expect(await drainOutbox({ sendTimeoutMs: 500 })).toMatchObject({ sent: 11, retry: 1 })
    await makeAllDue(database)
    await drainOutbox()
    const recipients = inbox.listMails().map((mail) => mail.recipients.join())
    expect(recipients.sort()).toEqual(queued.map(({ recipient }) => recipient).sort())
  })
})

describe('a mail server that is down', () => {
  it('is warned of once, counted each time, and leaves the process ready', async () => {
    // Nothing has warned of it in this process' last minute.
    Reflect.get(globalThis, 'bobjoolTrouble').clear()
    const warn = vi.spyOn(log, 'warn')
    onTestFinished(() => warn.mockRestore())
    const about = () => warn.mock.calls.filter(([, words]) => words === 'mail server away')
    closeMail()
    await queueConfirmed(pool)
    inbox.misbehave({ kind: 'refuse', at: 'connect', code: 421 })
    for (let round = 1; round <= 3; round += 1) {
      await drainOutbox()
      expect(countTroubles()).toMatchObject({ 'mail server away': round })
      await makeAllDue(database)
    }
    expect(about()).toEqual([[{ problem: 'EPROTOCOL 421', times: 1 }, 'mail server away']])
    const asked = new Request('http://localhost/api/health/ready')
    const ready = await readReadiness(asked, { params: Promise.resolve({}) })
    expect([ready.status, await ready.json()]).toMatchObject([200, { ready: true }])
  })

  it('of one letter alone is no trouble of the server', async () => {
    const before = countTroubles()
    await queueConfirmed(pool)
    inbox.misbehave({ kind: 'refuse', at: 'recipient', code: 450 })
    await drainOutbox()
    expect(countTroubles()).toEqual(before)
  })

  it('G17: for an hour: everything arrives afterwards, once', async () => {
    closeMail()
    const queued = await queueMany(pool, 30)
    inbox.misbehave({ kind: 'refuse', at: 'connect', code: 421 })
    for (let round = 0; round < 8; round += 1) {
      expect(await drainOutbox()).toMatchObject({ sent: 0, dead: 0, isServerAway: true })
      await makeAllDue(database)
    }
    inbox.misbehave(null)
    expect(await drainOutbox()).toMatchObject({ sent: 30 })
    const recipients = inbox.listMails().map((mail) => mail.recipients.join())
    expect(recipients.sort()).toEqual(queued.map(({ recipient }) => recipient).sort())
  })

  it('is tried by a few notices only; the others wait without an attempt', async () => {
    closeMail()
    await queueMany(pool, 30)
    inbox.misbehave({ kind: 'refuse', at: 'connect', code: 421 })
    const { retry } = await drainOutbox()
    expect(retry).toBeLessThanOrEqual(5)
    const [row] = await database.query<{ attempts: number }>(
      'SELECT sum(attempts)::int AS attempts FROM notices',
    )
    expect(row?.attempts).toBe(retry)
  })

  it('G17: for longer than a day: the notice is visibly dead', async () => {
    closeMail()
    const { id } = await queueConfirmed(pool)
    inbox.misbehave({ kind: 'refuse', at: 'connect', code: 421 })
    await drainOutbox()
    expect((await readNotice(pool, id)).state).toBe('QUEUED')
    await database.query('UPDATE notices SET due_at = now(), give_up_at = now()')
    await drainOutbox()
    expect(await readNotice(pool, id)).toMatchObject({
      state: 'DEAD',
      lastError: expect.stringMatching(/^gave-up: 421 /),
    })
  })

  it('G17: until the end of its day: an attempt that fails then is the last', async () => {
    closeMail()
    const { id } = await queueConfirmed(pool)
    inbox.misbehave({ kind: 'refuse', at: 'connect', code: 421 })
    await database.query('UPDATE notices SET give_up_at = now()')
    await drainOutbox()
    expect(await readNotice(pool, id)).toMatchObject({
      state: 'DEAD',
      attempts: 1,
      lastError: expect.stringMatching(/^421 /),
    })
  })

  it('G17: a notice untried for a day still gets its attempt', async () => {
    const { id, recipient } = await queueConfirmed(pool)
    await database.query('UPDATE notices SET give_up_at = now()')
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(inbox.listMails(recipient)).toHaveLength(1)
    expect((await readNotice(pool, id)).state).toBe('SENT')
  })
})

describe('a mail server that permanently refuses', () => {
  it.each([
    ['550 to the recipient', { kind: 'refuse', at: 'recipient', code: 550, times: 1 }],
    ['554 to the data', { kind: 'refuse', at: 'data', code: 554, times: 1 }],
  ] as const)('G17: %s: dead with the reason, and never sent', async (_, fault) => {
    const { id } = await queueConfirmed(pool)
    inbox.misbehave(fault)
    expect(await drainOutbox()).toMatchObject({ dead: 1 })
    const { state, lastError } = await readNotice(pool, id)
    expect(state).toBe('DEAD')
    expect(lastError).toMatch(`${fault.code} Refused on request`)
    await makeAllDue(database)
    expect(await drainOutbox()).toMatchObject({ sent: 0 })
    expect(inbox.listMails()).toEqual([])
  })

  it('G17: a poison notice is dead with its reason and blocks nobody', async () => {
    const poison = await queueMany(pool, 3)
    const [unknown, broken, strange] = poison
    await database.query(`UPDATE notices SET kind = 'HELLO' WHERE id = $1`, [unknown?.id])
    await database.query(`UPDATE notices SET payload = '[]' WHERE id = $1`, [broken?.id])
    await database.query(
      `UPDATE notices SET payload = jsonb_set(payload, '{restaurant,timeZone}', '"Mars/Olympus"') WHERE id = $1`,
      [strange?.id],
    )
    const { recipient } = await queueConfirmed(pool)
    expect(await drainOutbox()).toMatchObject({ dead: 3, sent: 1 })
    const reasons = await Promise.all(poison.map(({ id }) => readNotice(pool, id)))
    expect(reasons.map(({ lastError }) => lastError)).toEqual([
      'unknown-kind: HELLO',
      'bad-payload: payload',
      'bad-payload: restaurant.timeZone',
    ])
    expect(inbox.listMails().map((mail) => mail.recipients.join())).toEqual([recipient])
  })
})
