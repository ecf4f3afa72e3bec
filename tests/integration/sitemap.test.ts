import { beforeEach, describe, expect, it } from 'vitest'
import robots from '@/app/robots'
import { GET as readSitemap } from '@/app/sitemap.xml/route'
import { GET as readFile } from '@/app/sitemaps/[file]/route'
import { countPublicPages } from '@/domain/opening/sitemap.queries'
import { pool } from '@/lib/db/database'
import { createRestaurant } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { createOpening } from '@/tests/support/opening-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const read = async (response: Response) => ({
  type: response.headers.get('content-type'),
  text: await response.text(),
})
const locationsOf = (xml: string) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc]) => loc)
const file = (name: string) =>
  readFile(new Request(`http://localhost:3000/sitemaps/${name}`), {
    params: Promise.resolve({ file: name }),
  })

describe('robots.txt', () => {
  it('names the sitemap of this deployment, and keeps crawlers from what needs signing in', () => {
    const { rules, sitemap } = robots()
    expect(sitemap).toBe('http://localhost:3000/sitemap.xml')
    expect(rules).toMatchObject({ userAgent: '*', allow: '/' })
    const { disallow } = Array.isArray(rules) ? { disallow: [] } : rules
    expect(disallow).toEqual(expect.arrayContaining(['/owner', '/en/owner', '/ko/admin']))
    // A crawler that may not read them would not learn that they must not be indexed.
    for (const secret of ['/tickets', '/links', '/invitations', '/cancel'])
      expect(disallow).not.toContain(secret)
  })
})

/** One test for all of it, because a process remembers its answer for a minute. */
describe('sitemap.xml', () => {
  it('lists visible restaurants and public openings, in files of at most 50,000 addresses', async () => {
    const { id: restaurantId } = await createRestaurant(pool, { slug: 'seen' })
    await createRestaurant(pool, { slug: 'draft', published: false })
    await createRestaurant(pool, { slug: 'gone', deletedAt: new Date() })
    const { openingId } = await createOpening({ restaurantId, opensInMinutes: 60 })
    const cancelled = await createOpening({ restaurantId, daysAhead: 1 })
    await pool.query('UPDATE openings SET cancelled_at = now(), cancelled_for = $2 WHERE id = $1', [
      cancelled.openingId,
      '가스 점검',
    ])
    const hidden = await createOpening({ daysAhead: 1 })
    await pool.query('UPDATE restaurants SET published = false WHERE id = $1', [
      hidden.restaurantId,
    ])

    const small = await read(await readSitemap())
    expect(small.type).toBe('application/xml; charset=utf-8')
    const url = 'http://localhost:3000'
    expect(locationsOf(small.text)).toEqual([
      ...[`${url}/`, `${url}/en`, `${url}/restaurants`, `${url}/en/restaurants`],
      ...[`${url}/restaurants/seen`, `${url}/en/restaurants/seen`],
      ...[`${url}/openings/${openingId}`, `${url}/en/openings/${openingId}`],
    ])
    const [, entry = ''] =
      /<url>(<loc>[^<]*\/en\/restaurants\/seen<.*?)<\/url>/.exec(small.text) ?? []
    expect(entry.match(/hreflang="[^"]+" href="[^"]+"/g)).toEqual([
      `hreflang="ko" href="${url}/restaurants/seen"`,
      `hreflang="en" href="${url}/en/restaurants/seen"`,
      `hreflang="x-default" href="${url}/restaurants/seen"`,
    ])
    expect((await file('2.xml')).status).toBe(404)
    for (const name of ['0.xml', '01.xml', '1', '-1.xml', '1e3.xml', '999999.xml'])
      expect((await file(name)).status, name).toBe(404)
    expect(await countPublicPages()).toBe(4)
  })
})
