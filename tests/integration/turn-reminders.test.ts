import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { drainOutbox } from '@/domain/notification/commands'
import { claimNotices } from '@/domain/notification/outbox.commands'
import { enterOpening } from '@/domain/opening/commands'
import { findOwnTurn } from '@/domain/opening/lobby.rules'
import { findEntry, readOpening, readOwnOpening } from '@/domain/opening/queries'
import {
  askToBeToldOfTurn,
  planTurns,
  takeReminderBack,
  tellReminders,
} from '@/domain/opening/reminder.commands'
import { readNextReminderMs } from '@/domain/opening/reminder.queries'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount, createDiners, createSlot } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { actAs, joinLine, setUpLine } from '@/tests/support/line-scene'
import { createOpening } from '@/tests/support/opening-scene'
import { useOutside } from '@/tests/support/outside'
import { addPhone, letPass, listReminders, listTold } from '@/tests/support/reminder-scene'
import { claimInOrderOfQueueing } from '@/tests/support/unprotected-outbox'

const database = useDatabase()
const inbox = useInbox()
const outside = useOutside()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  outside.clear()
})

const MINUTE_MS = 60_000
/** Of the first number, ten minutes after the draw. */
const RATE = 1 / 600

async function enter({ openingId, accountId }: { openingId: string; accountId: string }) {
  const entered = await enterOpening({ openingId, accountId, epoch: 0, sessionId: null })
  if (!entered.ok) throw new Error(entered.reason)
}

/** A diner with a phone in the lobby of an opening in half an hour, who has asked to be told. */
async function setUpAsked(plan: Parameters<typeof createOpening>[0] = {}) {
  const opening = await createOpening({ orderBy: 'ARRIVAL', turnsPerSecond: RATE, ...plan })
  const { openingId } = opening
  const { id: accountId } = await createAccount(pool)
  const phone = await addPhone({ accountId, outside })
  const asker = { openingId, accountId }
  await enter(asker)
  expect(await askToBeToldOfTurn(asker)).toEqual({ ok: true, value: null })
  const pass = (seconds: number) => letPass({ database, openingId, seconds })
  return { ...opening, asker, phone, pass }
}

/** The first to look has the order drawn; a snapshot is cached, and another spelling of the id is fresh. */
const mixCase = (id: string) => id.replace(/[a-f]/, (letter) => letter.toUpperCase())
const draw = (openingId: string) => readOpening(openingId.toUpperCase())

/** The same, drawn: the turn comes in ten minutes. */
async function setUpDrawn(plan?: Parameters<typeof createOpening>[0]) {
  const scene = await setUpAsked(plan)
  await scene.pass(30 * 60 + 1)
  await draw(scene.openingId)
  await planTurns()
  return scene
}

const tell = async () => {
  await tellReminders()
  return drainOutbox({ isCrowd: true })
}

const setRate = (openingId: string, turnsPerSecond: number) =>
  pool.query(
    `INSERT INTO opening_rates (opening_id, from_at, turns_per_second) VALUES ($1, clock_timestamp(), $2)`,
    [openingId, turnsPerSecond],
  )

describe('told of a turn', () => {
  it('by push alone, a minute before it, once', async () => {
    const { openingId, phone, pass } = await setUpDrawn()
    await pass(9 * 60 - 10)
    expect(await tell()).toMatchObject({ sent: 0 })
    await pass(11)
    expect(await tell()).toMatchObject({ sent: 1 })
    const [push] = outside.received
    expect(push?.path).toBe(phone.path)
    expect(push?.headers).toMatchObject({ ttl: '60', urgency: 'high' })
    const brief = JSON.parse(phone.read(push?.body ?? Buffer.of()))
    expect(brief.title).toMatch(/^곧 차례예요 · \d\d:\d\d:\d\d$/)
    expect(brief.url).toBe(`http://localhost:3000/openings/${openingId}`)
    expect(await tell()).toMatchObject({ sent: 0 })
    expect(inbox.listMails()).toEqual([])
  })

  it('G14: at the instant that everybody computes, drawn or by arrival, in bulk', async () => {
    for (const orderBy of ['DRAW', 'ARRIVAL'] as const) {
      const { openingId } = await createOpening({ orderBy })
      const diners = await createDiners(pool, { count: 40 })
      for (const { id: accountId } of diners) {
        await addPhone({ accountId, outside })
        await enter({ openingId, accountId })
        await askToBeToldOfTurn({ openingId, accountId })
      }
      expect(await listReminders(openingId)).toMatchObject(Array(40).fill({ dueInMs: null }))
      await letPass({ database, openingId, seconds: 30 * 60 + 1 })
      await draw(openingId)
      expect(await planTurns()).toEqual({ planned: 40 })
      expect(await planTurns()).toEqual({ planned: 0 })
      const opening = await readOwnOpening(openingId)
      const hash = async (bytes: Uint8Array) =>
        new Uint8Array(createHash('sha256').update(bytes).digest()).buffer
      const rows = await database.query<{ accountId: string; comesAt: Date; leadMs: number }>(
        `SELECT account_id AS "accountId", comes_at AS "comesAt", (extract(epoch FROM comes_at - due_at) * 1000)::int AS "leadMs"
           FROM opening_reminders WHERE opening_id = $1`,
        [openingId],
      )
      for (const { accountId, comesAt, leadMs } of rows) {
        const entry = await findEntry({ openingId, accountId })
        const own = opening && entry && (await findOwnTurn({ opening, entry, hash }))
        expect(comesAt.getTime()).toBe(own?.turnMs)
        expect(leadMs).toBe(MINUTE_MS)
      }
    }
  })

  it('asked after the draw is told as well', async () => {
    const scene = await setUpDrawn()
    await takeReminderBack({ ...scene.asker, about: 'TURN' })
    expect(await listReminders(scene.openingId)).toEqual([])
    const fresh = { ...scene.asker, openingId: mixCase(scene.openingId) }
    expect(await askToBeToldOfTurn(fresh)).toMatchObject({ ok: true })
    expect(await askToBeToldOfTurn(fresh)).toMatchObject({ ok: true })
    const [row, ...others] = await listReminders(scene.openingId)
    expect(others).toEqual([])
    expect(row?.comesInMs).toBeGreaterThan(9 * MINUTE_MS)
    await scene.pass(9 * 60 + 5)
    expect(await tell()).toMatchObject({ sent: 1 })
  })

  it('wakes the process at the opening, which then has the order drawn, and again when it is due', async () => {
    const { openingId, pass } = await setUpAsked()
    expect(await readNextReminderMs()).toBeGreaterThan(29 * MINUTE_MS)
    await pass(30 * 60 + 1)
    expect(await readNextReminderMs()).toBeLessThanOrEqual(0)
    await draw(openingId)
    await planTurns()
    expect(await readNextReminderMs()).toBeGreaterThan(8 * MINUTE_MS)
  })

  it('taken back is told nothing', async () => {
    const { asker, pass } = await setUpDrawn()
    await takeReminderBack({ ...asker, about: 'TURN' })
    await pass(9 * 60 + 5)
    expect(await tell()).toMatchObject({ sent: 0 })
    expect(await listTold()).toEqual([])
  })

  it('not once it has come', async () => {
    const { pass } = await setUpDrawn()
    await pass(9 * 60 + 5)
    await tellReminders()
    await pass(60)
    expect(await drainOutbox({ isCrowd: true })).toMatchObject({ sent: 0, dropped: 1 })
    expect(await listTold()).toEqual(['OPENING_TURN PUSH DROPPED past'])
    const late = await setUpDrawn()
    await late.pass(11 * 60)
    expect(await tell()).toMatchObject({ sent: 0, dropped: 0 })
  })

  it('never by mail, even if the phone is gone', async () => {
    const { phone, pass } = await setUpDrawn()
    outside.answer(phone.path, 410)
    await pass(9 * 60 + 5)
    expect(await tell()).toMatchObject({ sent: 0, dead: 1 })
    await drainOutbox()
    expect(inbox.listMails()).toEqual([])
    expect(await listTold()).toEqual(['OPENING_TURN PUSH DEAD'])
  })

  it('and not at all without a phone that takes pushes by then', async () => {
    const { pass } = await setUpDrawn()
    await database.query('DELETE FROM push_subscriptions')
    await pass(9 * 60 + 5)
    expect(await tell()).toMatchObject({ sent: 0 })
    expect(await listTold()).toEqual([])
  })
})

describe('who can’t ask', () => {
  it('is told why', async () => {
    const { openingId, asker, pass } = await setUpDrawn()
    const { id: accountId } = await createAccount(pool)
    expect(await askToBeToldOfTurn({ openingId, accountId })).toMatchObject({ reason: 'not-found' })
    await database.query('DELETE FROM push_subscriptions')
    expect(await askToBeToldOfTurn(asker)).toMatchObject({ reason: 'no-device' })
    await addPhone({ accountId: asker.accountId, outside })
    await pass(11 * 60)
    const fresh = { ...asker, openingId: mixCase(openingId) }
    expect(await askToBeToldOfTurn(fresh)).toMatchObject({ reason: 'too-late-to-tell' })
  })
})

describe('an opening that is sold out', () => {
  const sell = async ({
    restaurantId,
    serviceDate,
  }: {
    restaurantId: string
    serviceDate: string
  }) => createSlot(pool, { restaurantId, serviceDate, taken: true })

  it('tells nobody of a turn, neither by the sweep nor by what is queued', async () => {
    const sold = await setUpDrawn()
    await sell(sold)
    await sold.pass(9 * 60 + 5)
    expect(await tell()).toMatchObject({ sent: 0, dropped: 0 })
    expect(await listReminders(sold.openingId)).toMatchObject([{ isSettled: true }])
    const queued = await setUpDrawn()
    await queued.pass(9 * 60 + 5)
    await tellReminders()
    await sell(queued)
    expect(await drainOutbox({ isCrowd: true })).toMatchObject({ sent: 0, dropped: 1 })
    expect(await listTold()).toEqual(['OPENING_TURN PUSH DROPPED sold_out'])
    expect(outside.received).toEqual([])
  })

  it('control: with a table left it tells', async () => {
    const scene = await setUpDrawn()
    await createSlot(pool, { restaurantId: scene.restaurantId, serviceDate: scene.serviceDate })
    await scene.pass(9 * 60 + 5)
    expect(await tell()).toMatchObject({ sent: 1 })
  })
})

describe('a rate that changes', () => {
  it('moves the notice with the turn, earlier', async () => {
    const { openingId, pass } = await setUpDrawn()
    await pass(60)
    await setRate(openingId, RATE * 10)
    expect(await tell()).toMatchObject({ sent: 1 })
    const [row] = await listReminders(openingId)
    // A tenth of it has passed; the rest takes a tenth of the time.
    expect(row?.comesInMs).toBeLessThan(MINUTE_MS)
  })

  it('moves the notice with the turn, later', async () => {
    const { openingId, pass } = await setUpDrawn()
    await pass(8 * 60)
    await setRate(openingId, RATE / 10)
    await pass(90)
    expect(await tell()).toMatchObject({ sent: 0 })
    expect(await listTold()).toEqual([])
    const [row] = await listReminders(openingId)
    expect(row?.dueInMs).toBeGreaterThan(15 * MINUTE_MS)
  })

  it('holds back and moves a notice that is queued already; it is told once, at the new time', async () => {
    const { openingId, pass } = await setUpDrawn()
    await pass(9 * 60 + 5)
    expect(await tellReminders()).toMatchObject({ turns: 1 })
    await setRate(openingId, RATE / 100)
    // A worker that knows nothing of the plan leaves it for two seconds.
    expect(await drainOutbox({ isCrowd: true })).toMatchObject({ sent: 0, dropped: 0 })
    expect(await tell()).toMatchObject({ sent: 0, dropped: 0 })
    const [notice] = await database.query<{ dueInMs: number; turnAt: string; comesAt: string }>(
      `SELECT (extract(epoch FROM n.due_at - now()) * 1000)::float8 AS "dueInMs", n.payload ->> 'turnAt' AS "turnAt",
              iso_instant(r.comes_at) AS "comesAt"
         FROM notices n JOIN opening_reminders r ON r.id = n.subject_id WHERE n.kind = 'OPENING_TURN'`,
    )
    expect(notice?.dueInMs).toBeGreaterThan(60 * MINUTE_MS)
    expect(notice?.turnAt).toBe(notice?.comesAt)
    expect(await listTold()).toEqual(['OPENING_TURN PUSH QUEUED'])
  })
})

describe('2,000 turns that are due at once', () => {
  const TURNS = Number(process.env.NOTICES ?? 2_000)

  /** As `queue_opening_reminders` leaves them. */
  const fill = (count: number) =>
    database.query(
      `WITH event AS (
         INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
         VALUES ('SERVICE', 'OPENING', gen_random_uuid(), 'REMIND', 'QUEUED') RETURNING id)
       INSERT INTO notices (event_id, kind, channel, subject_id, recipient, locale, due_at, payload)
       SELECT event.id, 'OPENING_TURN', 'PUSH', gen_random_uuid(), n || '@bobjool.test', 'ko',
              now() - interval '1 minute' + n * interval '1 ms', '{}'
         FROM event, generate_series(1, $1::int) AS n`,
      [count],
    )

  async function callSomebody() {
    const line = await setUpLine()
    const ticket = await joinLine(line)
    await addPhone({ accountId: ticket.dinerId, outside })
    await database.query('DELETE FROM notices')
    await fill(TURNS)
    expect(await actAs(line.ownerId, 'CALL', ticket.id)).toMatchObject({ ok: true })
    await database.query(
      `UPDATE notices SET due_at = now() - interval '1 ms' WHERE kind = 'TICKET_CALLED'`,
    )
  }
  const claim = (isCrowd: boolean) =>
    claimNotices({ limit: 20, leaseToken: randomUUID(), leaseMs: 60_000, isCrowd })

  it('delay no call: its worker claims it alone, and theirs claims none of it', async () => {
    await callSomebody()
    const called = await claim(false)
    expect(called.notices.map(({ kind }) => kind)).toEqual(['TICKET_CALLED'])
    const { notices } = await claim(true)
    expect(notices.map(({ kind }) => kind)).toEqual(Array(20).fill('OPENING_TURN'))
  })

  it('delay no call even while every one of their pushes is under way', async () => {
    await callSomebody()
    for (let claimed = 0; claimed < TURNS; claimed += 500)
      await claimNotices({ limit: 500, leaseToken: randomUUID(), leaseMs: 60_000, isCrowd: true })
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    expect(outside.received).toHaveLength(1)
  })

  it('control: in the order of queueing the call waits for all of them', async () => {
    await callSomebody()
    expect(await claimInOrderOfQueueing(database, 20)).toEqual(Array(20).fill('OPENING_TURN'))
  })
})
