import { expect, test } from 'vitest'
import { findFreePort } from '@/local/free-port'
import { startInbox } from '@/local/inbox'
import { startAlerting } from '../support/alerting'
import { bookOver, setUpRestaurant, useApps } from '../support/http-scene'
import { readSample, scrape } from '../support/scrape'

const ALERT = 'BobjoolMailAway'
const WITHIN = { timeout: 120_000, interval: 500 }

let smtpPort = 0
const apps = useApps(async () => {
  smtpPort = await findFreePort()
  return { smtpUrl: `smtp://127.0.0.1:${smtpPort}` }
})

test('SMTP stops: the alert fires in Alertmanager; it is back: the mail goes out, the alert resolves', async () => {
  const url = apps.urlOf()
  const alerting = await startAlerting({ url, token: process.env.METRICS_TOKEN ?? '' })
  const isTold = (status: string) =>
    alerting.listTold().filter((each) => each.labels.alertname === ALERT && each.status === status)

  const scene = await setUpRestaurant()
  await expect
    .poll(async () => readSample((await scrape(url)).samples, 'bobjool_postgres_up'), WITHIN)
    .toBe(1)
  expect(await alerting.listFiring()).not.toContain(ALERT)
  expect((await bookOver({ url, token: scene.diner.token, scene })).status).toBe(201)
  await expect.poll(alerting.listFiring, WITHIN).toContain(ALERT)
  await expect.poll(() => isTold('firing').length, WITHIN).toBeGreaterThan(0)
  expect(isTold('firing')[0]).toMatchObject({
    labels: { severity: 'page' },
    annotations: { runbook_url: 'docs/guides/runbook.md#bobjoolmailaway' },
  })
  expect(isTold('resolved')).toEqual([])

  const inbox = await startInbox({ smtpPort })
  try {
    const mailed = () => inbox.mailbox.list({ recipient: scene.diner.email }).length
    await expect.poll(mailed, WITHIN).toBe(1)
    await expect.poll(() => isTold('resolved').length, WITHIN).toBe(1)
    await expect.poll(alerting.listFiring, WITHIN).not.toContain(ALERT)
  } finally {
    await inbox.stop()
  }
})
