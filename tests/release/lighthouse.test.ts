import lighthouse from 'lighthouse'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { findFreePort } from '@/local/free-port'
import { seedDemo } from '@/prisma/seed'
import { launchBrowser } from '../support/browser'
import { takeAtDoor } from '../support/gallery/lines'
import { useApps } from '../support/http-scene'
import { setUpLine } from '../support/line-scene'
import { createOpening } from '../support/opening-scene'

const apps = useApps()
let chromium: Browser
let port = 0
let paths: Record<'landing' | 'restaurant' | 'opening' | 'ticket', string>

beforeAll(async () => {
  await seedDemo({ pool })
  const { openingId } = await createOpening()
  const ticketId = await takeAtDoor(await setUpLine({ slug: 'queue' }))
  paths = {
    landing: '/',
    restaurant: '/restaurants/garden',
    opening: `/openings/${openingId}`,
    ticket: `/tickets/${signLink({ kind: 'ticket', id: ticketId })}`,
  }
  port = await findFreePort()
  chromium = await launchBrowser({ isWhole: true, extra: [`--remote-debugging-port=${port}`] })
}, 120_000)
afterAll(() => chromium?.close())

/** The scores that do not depend on the machine; the network and processor are a slow phone's. */
async function measure(path: string) {
  const result = await lighthouse(`${apps.urlOf()}${path}`, {
    port,
    output: 'json',
    logLevel: 'error',
    throttlingMethod: 'devtools',
    onlyCategories: ['accessibility', 'best-practices', 'seo'],
    onlyAudits: ['cumulative-layout-shift'],
  })
  if (!result) throw new Error('Lighthouse gave no result')
  const { categories, audits, runtimeError } = result.lhr
  if (runtimeError) throw new Error(runtimeError.message)
  const weighed = Object.values(categories).flatMap(({ id, auditRefs }) =>
    auditRefs.filter(({ weight }) => weight > 0).map((audit) => ({ category: id, id: audit.id })),
  )
  const failed = weighed.filter(({ id }) => {
    const score = audits[id]?.score
    return score !== undefined && score !== null && score < 1
  })
  return {
    scores: Object.fromEntries(
      Object.values(categories).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]),
    ),
    failed: failed.map(({ category, id }) => `${category}: ${id}`),
    shift: audits['cumulative-layout-shift']?.numericValue ?? Number.POSITIVE_INFINITY,
  }
}

describe('Lighthouse', () => {
  test.each([
    ['the landing', 'landing', true],
    ['a restaurant', 'restaurant', true],
    ['an opening', 'opening', true],
    // Its address is a secret, so search engines are told not to list it.
    ['a ticket', 'ticket', false],
  ] as const)(
    '%s: accessibility and best practices 100, SEO 100 where public, layout shift below 0.02',
    async (_, page, isPublic) => {
      const { scores, failed, shift } = await measure(paths[page])
      const counted = failed.filter((audit) => isPublic || !audit.startsWith('seo: '))
      expect({ scores, counted }).toMatchObject({
        scores: { accessibility: 100, 'best-practices': 100, ...(isPublic && { seo: 100 }) },
        counted: [],
      })
      expect(shift).toBeLessThan(0.02)
    },
    240_000,
  )
})
