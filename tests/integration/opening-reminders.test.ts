import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { drainOutbox } from '@/domain/notification/commands'
import { askToBeTold, takeReminderBack, tellReminders } from '@/domain/opening/reminder.commands'
import { readNextReminderMs } from '@/domain/opening/reminder.queries'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { createOpening } from '@/tests/support/opening-scene'
import { useOutside } from '@/tests/support/outside'
import {
  addPhone,
  cancelByRow,
  letPass,
  listReminders,
  listTold,
} from '@/tests/support/reminder-scene'

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

/** A diner who has asked to be told of an opening in 80 minutes. */
async function setUpAsked() {
  const { openingId, restaurantId } = await createOpening({ opensInMinutes: 80 })
  const { id: accountId, email } = await createAccount(pool)
  const asker = { openingId, accountId }
  expect(await askToBeTold(asker)).toEqual({ ok: true, value: null })
  const pass = (minutes: number) => letPass({ database, openingId, seconds: minutes * 60 })
  return { openingId, restaurantId, asker, email, pass }
}

async function tell() {
  await tellReminders()
  return drainOutbox()
}

describe('told before an opening', () => {
  it('by mail, ten minutes before it, once', async () => {
    const { openingId, email, pass } = await setUpAsked()
    await pass(69)
    expect(await tell()).toMatchObject({ sent: 0 })
    await pass(1)
    expect(await tell()).toMatchObject({ sent: 1 })
    const [mail] = inbox.listMails(email)
    expect(mail?.subject).toMatch(/^\d\d:\d\d에 예약이 열려요 · /)
    expect(mail?.text).toContain(`/openings/${openingId}`)
    expect(await tell()).toMatchObject({ sent: 0 })
    await pass(5)
    expect(await tell()).toMatchObject({ sent: 0 })
    expect(await listTold()).toEqual(['OPENING_SOON MAIL SENT'])
  })

  it('by push where the diner has chosen it, while it is worth it', async () => {
    const { openingId, asker, pass } = await setUpAsked()
    const phone = await addPhone({ accountId: asker.accountId, outside })
    await pass(71)
    expect(await tell()).toMatchObject({ sent: 1 })
    const [push] = outside.received
    expect(push?.headers).toMatchObject({ ttl: '600', urgency: 'high' })
    expect(JSON.parse(phone.read(push?.body ?? Buffer.of()))).toMatchObject({
      url: `http://localhost:3000/openings/${openingId}`,
    })
    expect(inbox.listMails()).toEqual([])
  })

  it('as its lobby opens, if that is later than ten minutes before', async () => {
    const { openingId } = await createOpening({ opensInMinutes: 80 })
    await database.query(`ALTER TABLE openings DISABLE TRIGGER openings_announced_stays`)
    await database.query(`UPDATE openings SET lobby_opens_at = opens_at - interval '4 minutes'`)
    await database.query(`ALTER TABLE openings ENABLE TRIGGER openings_announced_stays`)
    const { id: accountId } = await createAccount(pool)
    expect(await askToBeTold({ openingId, accountId })).toMatchObject({ ok: true })
    const [row] = await listReminders(openingId)
    expect((row?.comesInMs ?? 0) - (row?.dueInMs ?? 0)).toBe(4 * MINUTE_MS)
  })

  it('asked twice is asked once, and taken back is told nothing', async () => {
    const { openingId, asker, pass } = await setUpAsked()
    expect(await askToBeTold(asker)).toMatchObject({ ok: true })
    expect(await listReminders(openingId)).toHaveLength(1)
    const back = { ...asker, about: 'OPENING' as const }
    expect(await takeReminderBack(back)).toEqual({ ok: true, value: null })
    expect(await takeReminderBack(back)).toEqual({ ok: true, value: null })
    await pass(71)
    expect(await tell()).toMatchObject({ sent: 0 })
    expect(await listTold()).toEqual([])
  })

  it('asked again after it was told is not told again', async () => {
    const { asker, pass } = await setUpAsked()
    await pass(70)
    expect(await tell()).toMatchObject({ sent: 1 })
    await takeReminderBack({ ...asker, about: 'OPENING' })
    expect(await askToBeTold(asker)).toMatchObject({ reason: 'too-late-to-tell' })
    // As a restored row would be.
    await database.query('UPDATE opening_reminders SET settled_at = NULL')
    expect(await tell()).toMatchObject({ sent: 0 })
    expect(await listTold()).toEqual(['OPENING_SOON MAIL SENT'])
  })

  it('wakes the process that was asked', async () => {
    const { pass } = await setUpAsked()
    await pass(65)
    const dueMs = await readNextReminderMs()
    expect(dueMs).toBeGreaterThan(4 * MINUTE_MS)
    expect(dueMs).toBeLessThanOrEqual(5 * MINUTE_MS)
  })

  it('never after its instant, neither by the sweep nor by what it left in the outbox', async () => {
    const late = await setUpAsked()
    await late.pass(81)
    expect(await tell()).toMatchObject({ sent: 0, dropped: 0 })
    expect(await listTold()).toEqual([])
    expect(await listReminders(late.openingId)).toMatchObject([{ isSettled: true }])
    const queued = await setUpAsked()
    await queued.pass(75)
    await tellReminders()
    await queued.pass(6)
    expect(await drainOutbox()).toMatchObject({ sent: 0, dropped: 1 })
    expect(await listTold()).toEqual(['OPENING_SOON MAIL DROPPED past'])
  })

  it('not of a restaurant that is hidden by then', async () => {
    const { restaurantId, pass } = await setUpAsked()
    await database.query('UPDATE restaurants SET published = false WHERE id = $1', [restaurantId])
    await pass(75)
    expect(await tell()).toMatchObject({ sent: 0 })
    expect(await listTold()).toEqual([])
  })
})

describe('who can’t ask', () => {
  it('is told why', async () => {
    const { openingId } = await createOpening({ opensInMinutes: 80 })
    const { id: accountId } = await createAccount(pool)
    const { id: unconfirmed } = await createAccount(pool, { emailConfirmedAt: null })
    expect(await askToBeTold({ openingId, accountId: unconfirmed })).toMatchObject({
      reason: 'address-unconfirmed',
    })
    expect(await askToBeTold({ openingId: accountId, accountId })).toMatchObject({
      reason: 'not-found',
    })
    const soon = await createOpening({ opensInMinutes: 9 })
    expect(await askToBeTold({ openingId: soon.openingId, accountId })).toMatchObject({
      reason: 'too-late-to-tell',
    })
    await cancelByRow(openingId)
    expect(await askToBeTold({ openingId, accountId })).toMatchObject({ reason: 'opening-over' })
    expect(await database.query('SELECT 1 FROM opening_reminders')).toEqual([])
  })
})

describe('an opening that is cancelled', () => {
  it('is told as cancelled, with the restaurant’s reason, at once and once', async () => {
    const { openingId, email, pass } = await setUpAsked()
    await cancelByRow(openingId)
    expect(await tell()).toMatchObject({ sent: 1 })
    const [mail] = inbox.listMails(email)
    expect(mail?.subject).toContain('예약 오픈이 취소됐어요')
    expect(mail?.text).toContain('가스 점검')
    await pass(75)
    expect(await tell()).toMatchObject({ sent: 0 })
    expect(await listTold()).toEqual(['OPENING_CANCELLED MAIL SENT'])
  })

  it('is told to who was told that it comes', async () => {
    const { openingId, pass } = await setUpAsked()
    await pass(75)
    await tell()
    await cancelByRow(openingId)
    await tell()
    expect(await listTold()).toEqual(['OPENING_SOON MAIL SENT', 'OPENING_CANCELLED MAIL SENT'])
  })

  it('is told to nobody who took it back, and to nobody after its instant', async () => {
    const back = await setUpAsked()
    await takeReminderBack({ ...back.asker, about: 'OPENING' })
    await cancelByRow(back.openingId)
    const late = await setUpAsked()
    await cancelByRow(late.openingId)
    await late.pass(81)
    expect(await tell()).toMatchObject({ sent: 0 })
    expect(await listTold()).toEqual([])
  })
})

describe('what is kept of it', () => {
  it('G23: goes a day after the opening’s gate has ended', async () => {
    const { pass } = await setUpAsked()
    const forget = async () => {
      await database.query(`SELECT forget_overdue('opening-reminders')`)
      return (await database.query('SELECT 1 FROM opening_reminders')).length
    }
    await pass(80 + 60 + 24 * 60 - 1)
    expect(await forget()).toBe(1)
    await pass(2)
    expect(await forget()).toBe(0)
  })

  it('goes with the account, and with it what was queued', async () => {
    const { asker, pass } = await setUpAsked()
    await pass(75)
    await tellReminders()
    await database.query('SELECT erase_account($1)', [asker.accountId])
    expect(await database.query('SELECT 1 FROM opening_reminders')).toEqual([])
    expect(await drainOutbox()).toMatchObject({ sent: 0 })
    expect(await listTold()).toEqual(['OPENING_SOON MAIL DROPPED forgotten'])
  })
})
