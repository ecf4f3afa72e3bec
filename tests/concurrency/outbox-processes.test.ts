import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pool } from '@/lib/db/database'
import { type RunningApp, startApps } from '@/tests/support/app-server'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { queueConfirmed, queueMany, runOutLeases } from '@/tests/support/notices'
import { useGateway } from '@/tests/support/stack-gateway'

/** The build may have to be made first. */
const START_WITHIN_MS = 300_000

const database = useDatabase()
const gateway = useGateway()
const inbox = useInbox()
let apps: RunningApp[] = []

beforeAll(async () => {
  const stores = { databaseUrl: database.databaseUrl, gateway, smtpUrl: inbox.smtpUrl }
  apps = (await startApps({ ...stores, count: 2 })).apps
}, START_WITHIN_MS)

beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
  inbox.misbehave(null)
})

/** Runs the sweep, as a timer does once a minute. */
async function sweep(app: RunningApp | undefined): Promise<void> {
  const response = await fetch(`${app?.url}/api/cron/sweep`, {
    headers: { authorization: `Bearer ${process.env.CRON_SECRET}` },
  })
  expect(response.status).toBe(200)
}

/** Waits until workers hold as many notices. */
async function waitUntilClaimed(count: number): Promise<void> {
  const giveUpAtMs = performance.now() + 10_000
  while (performance.now() < giveUpAtMs) {
    const rows = await database.query('SELECT id FROM notices WHERE lease_token IS NOT NULL')
    if (rows.length === count) return
  }
  throw new Error(`Waited ten seconds for ${count} notices to be claimed.`)
}

const listRecipients = () =>
  inbox
    .listMails()
    .map((mail) => mail.recipients.join())
    .sort()

describe('the production build', () => {
  it('sends the whole mail: HTML, text and calendar file', async () => {
    const { recipient, reservationId } = await queueConfirmed(pool)
    await sweep(apps[0])
    const mail = await inbox.waitForMail({ recipient })
    expect(mail.subject).toContain('예약이 확정됐어요')
    expect(mail.html).toContain(`${apps[0]?.url}/reservations/${reservationId}`)
    expect(mail.text).toContain(`${apps[0]?.url}/reservations/${reservationId}`)
    expect(mail.attachments.map(({ fileName }) => fileName)).toEqual(['reservation.ics'])
  })

  it('G17: two processes that sweep at once send each notice once', async () => {
    const queued = await queueMany(pool, 40)
    await Promise.all([sweep(apps[0]), sweep(apps[1]), sweep(apps[0]), sweep(apps[1])])
    expect(listRecipients()).toEqual(queued.map(({ recipient }) => recipient).sort())
  })

  it('G17: a process killed while it sends loses no notice', async () => {
    const queued = await queueMany(pool, 12)
    inbox.misbehave({ kind: 'stall-after-data', isStored: false })
    const swept = sweep(apps[0]).catch(() => {})
    await waitUntilClaimed(12)
    await apps[0]?.kill()
    await swept
    inbox.misbehave(null)
    await sweep(apps[1])
    expect(listRecipients()).toEqual([])
    await runOutLeases(database)
    await sweep(apps[1])
    expect(listRecipients()).toEqual(queued.map(({ recipient }) => recipient).sort())
  })
})
