import { expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { askApi } from '../support/api-client'
import { startLoneApp } from '../support/app-server'
import { useDatabase } from '../support/database'
import { useInbox } from '../support/inbox'
import { queueConfirmed } from '../support/notices'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const gateway = useGateway()
const inbox = useInbox()

test('a sweep that fails at one task does the others, and reports the failure', async () => {
  const app = await startLoneApp({
    databaseUrl: database.databaseUrl,
    gateway,
    smtpUrl: inbox.smtpUrl,
  })
  const sweep = async () => {
    const headers = { authorization: `Bearer ${process.env.CRON_SECRET}` }
    return (await askApi({ url: app.url, path: '/api/cron/sweep', headers })).status
  }
  const { recipient } = await queueConfirmed(pool)
  await database.query('ALTER TABLE idempotency_keys RENAME TO lost')
  try {
    expect(await sweep()).toBe(500)
    expect(inbox.listMails(recipient)).toHaveLength(1)
  } finally {
    await database.query('ALTER TABLE lost RENAME TO idempotency_keys')
  }
  expect(await sweep()).toBe(200)
  await app.stop()
})
