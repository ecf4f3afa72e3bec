import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { sessionCookieName } from '@/lib/http/session'
import { createPerson, setUpRestaurant, useApps } from '../support/http-scene'
import { leaveOutScripts } from '../support/leave-out-scripts'
import { createOpening } from '../support/opening-scene'

const SETTINGS = path.resolve(import.meta.dirname, '../../app/[locale]/owner/[slug]')

const apps = useApps()

async function readMissing({ path: asked, token }: { path: string; token?: string }) {
  const answer = await fetch(`${apps.urlOf()}${asked}`, {
    redirect: 'manual',
    headers: { accept: 'text/html', ...(token && { cookie: `${sessionCookieName()}=${token}` }) },
  })
  const html = leaveOutScripts(await answer.text())
  const body = html.slice(html.indexOf('<body'))
  return {
    status: answer.status,
    title: /<title>([^<]*)<\/title>/.exec(html)?.[1],
    language: /<main[^>]* lang="(\w+)"/.exec(body)?.[1],
    headings: [...body.matchAll(/<h1[^>]*>([^<]*)<\/h1>/g)].map(([, words]) => words),
    links: [...body.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href),
  }
}

/** Every page of a restaurant's settings, for a restaurant that is not the visitor's. */
function listSettingsPages(openingId: string = randomUUID()): [what: string, path: string][] {
  const pages = readdirSync(SETTINGS, { recursive: true, encoding: 'utf8' })
  return pages
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => path.dirname(file).replaceAll(path.sep, '/').replace('[date]', '2026-12-01'))
    .map((page) => (page === '.' ? '' : `/${page}`))
    .map((page) => [
      `settings page ${page}`,
      `/owner/no-such-place${page.replace('[id]', openingId)}`,
    ])
}

const unknown: [what: string, path: string][] = [
  ['path', '/nowhere'],
  ['path of several parts', '/nowhere/at/all'],
  ['restaurant', '/restaurants/no-such-place'],
  // Stored now, as the first answer was.
  ['restaurant, asked again', '/restaurants/no-such-place'],
  ['opening', `/openings/${randomUUID()}`],
  ['opening that is no id', '/openings/tonight'],
  ['proof', `/openings/${randomUUID()}/proof`],
  ['ticket', `/tickets/${randomUUID()}`],
  ['ticket that is no id', '/tickets/mine'],
  ['reservation', `/reservations/${randomUUID()}`],
  ['reservation that is no id', '/reservations/mine'],
  ['page of admins, to others', '/admin'],
  ['person, to others', `/admin/people/${randomUUID()}`],
  ['code at the door', `/owner/check-in/${randomUUID()}`],
  ...listSettingsPages(),
]

describe('kind 12: what is not there says so without scripts, and where to go on', () => {
  test.each(unknown)('unknown %s, in Korean', async (_, asked) => {
    const { token } = await createPerson()
    expect(await readMissing({ path: asked, token })).toEqual({
      status: 404,
      title: '이 페이지를 찾을 수 없어요 · 밥줄',
      language: 'ko',
      headings: ['이 페이지를 찾을 수 없어요'],
      links: ['/restaurants', '/reservations', '/'],
    })
  })

  test.each(unknown)('unknown %s, in English', async (_, asked) => {
    const { token } = await createPerson({ locale: 'en' })
    expect(await readMissing({ path: `/en${asked}`, token })).toEqual({
      status: 404,
      title: 'We can’t find this page · Bobjool',
      language: 'en',
      headings: ['We can’t find this page'],
      links: ['/en/restaurants', '/en/reservations', '/en'],
    })
  })

  test('a visitor without an account reads the same', async () => {
    for (const asked of ['/nowhere', '/restaurants/no-such-place', `/openings/${randomUUID()}`]) {
      expect(await readMissing({ path: asked }), asked).toMatchObject({
        status: 404,
        language: 'ko',
      })
    }
  })

  test('control: the owner of a restaurant gets its settings', async () => {
    const { restaurantId, owner } = await setUpRestaurant()
    const { rows } = await pool.query<{ slug: string }>(
      'SELECT slug FROM restaurants WHERE id = $1',
      [restaurantId],
    )
    const { openingId } = await createOpening({ restaurantId })
    const own = listSettingsPages(openingId).map(([, asked]) =>
      asked.replace('no-such-place', String(rows[0]?.slug)),
    )
    expect(own.length).toBeGreaterThan(9)
    for (const asked of own)
      expect((await readMissing({ path: asked, token: owner.token })).status, asked).toBe(200)
  })
})
