import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GET as readReadiness } from '@/app/api/health/ready/route'
import { describeDemo } from '@/local/demo-words'
import { askApi, readJson } from '../support/api-client'
import { useApps } from '../support/http-scene'

const apps = useApps()
const withoutTimer = useApps({ env: { CRON_SECRET: '' } })
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

test('the version of package.json is what a running process and the demo report', async () => {
  const ready = await askApi({ url: apps.urlOf(), path: '/api/health/ready' })
  expect(readJson(ready)).toMatchObject({ ready: true, version })
  const stores = { inboxUrl: null }
  const words = describeDemo({ url: apps.urlOf(), stores, seconds: 1, isDev: false })
  expect(words).toContain(`Bobjool ${version} is open`)
})

test('readiness warns of a missing CRON_SECRET, without which nothing is forgotten', async () => {
  const ready = await askApi({ url: withoutTimer.urlOf(), path: '/api/health/ready' })
  expect(readJson(ready)).toMatchObject({
    warnings: expect.arrayContaining(['not set: CRON_SECRET', 'not set: OPERATOR_NAME']),
  })
  const asked = new Request('http://localhost/api/health/ready')
  const control = await (await readReadiness(asked, { params: Promise.resolve({}) })).json()
  expect(control.warnings).toContain('not set: OPERATOR_NAME')
  expect(control.warnings).not.toContain('not set: CRON_SECRET')
})

test('the changelog begins with the unreleased changes, then the version of package.json', () => {
  const headings = readFileSync('CHANGELOG.md', 'utf8').match(/^## \[(.+?)\]/gm) ?? []
  expect(headings.slice(0, 2)).toEqual(['## [Unreleased]', `## [${version}]`])
})
