import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeDemo } from '@/local/demo-words'
import { askApi, readJson } from '../support/api-client'
import { useApps } from '../support/http-scene'

const apps = useApps()
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

test('the version of package.json is what a running process and the demo report', async () => {
  const ready = await askApi({ url: apps.urlOf(), path: '/api/health/ready' })
  expect(readJson(ready)).toMatchObject({ ready: true, version })
  const stores = { inboxUrl: null }
  const words = describeDemo({ url: apps.urlOf(), stores, seconds: 1, isDev: false })
  expect(words).toContain(`Bobjool ${version} is open`)
})

test('the changelog begins with the unreleased changes, then the version of package.json', () => {
  const headings = readFileSync('CHANGELOG.md', 'utf8').match(/^## \[(.+?)\]/gm) ?? []
  expect(headings.slice(0, 2)).toEqual(['## [Unreleased]', `## [${version}]`])
})
