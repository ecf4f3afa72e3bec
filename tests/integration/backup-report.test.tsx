import { readFileSync } from 'node:fs'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, test } from 'vitest'
import { Backups } from '@/components/admin/overview-parts'
import { readService } from '@/domain/admin/metrics.queries'
import { readLastBackup, readTodayFigures } from '@/domain/admin/queries'
import type { Locale } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { useDatabase } from '../support/database'
import { readSample } from '../support/scrape'

const database = useDatabase()
beforeEach(() => database.truncateAll())

/** The command of the shipped unit, so that what operators install is what is read here. */
const REPORT = 'INSERT INTO backups DEFAULT VALUES'

async function readAge() {
  return readSample(await readService(), 'bobjool_backup_age_seconds')
}

async function show(locale: Locale) {
  const { asOf, ...today } = await readTodayFigures()
  const outbox = { waiting: 0, failed: 0, oldestWaitingAt: null, oldestFailedAt: null }
  const overview = { asOf, today, outbox, owners: [], lastBackupAt: await readLastBackup() }
  const { admin: words } = await loadMessages(locale)
  return renderToStaticMarkup(<Backups overview={overview} words={words} />)
}

test('where no backup is reported, nothing is shown and nothing is measured', async () => {
  expect(await readAge()).toBeUndefined()
  expect(await show('ko')).toBe('')
})

test('the newest report counts, to admins in hours, to Prometheus in seconds', async () => {
  await database.query(
    `INSERT INTO backups VALUES (now() - interval '3 days'), (now() - interval '30 hours 1 minute')`,
  )
  expect(Math.floor(Number(await readAge()) / 3600)).toBe(30)
  expect(await show('ko')).toMatch(/마지막 백업.*30시간 전/)
  expect(await show('en')).toMatch(/Last backup.*30 h ago/)
  await database.query(REPORT)
  expect(Number(await readAge())).toBeLessThan(3600)
  expect(await show('ko')).toMatch(/마지막 백업.*방금/)
})

test('the unit that operators install reports by that statement', () => {
  expect(readFileSync('ops/systemd/bobjool-backup@.service', 'utf8')).toMatch(
    new RegExp(`^ExecStartPost=.*psql .*--command="${REPORT}"$`, 'm'),
  )
})
