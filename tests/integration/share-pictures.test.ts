import { beforeEach, describe, expect, it, vi } from 'vitest'
import { GET as drawOpening } from '@/app/[locale]/openings/[id]/share.png/route'
import { GET as drawRestaurant } from '@/app/[locale]/restaurants/[slug]/share.png/route'
import { GET as drawSite } from '@/app/[locale]/share.png/route'
import { pool } from '@/lib/db/database'
import { keepDrawable } from '@/lib/http/picture'
import { createRestaurant } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { createOpening } from '@/tests/support/opening-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const askWith = (headers: Record<string, string> = {}) =>
  new Request('http://localhost:3000/ko/share.png', { headers })
const site = (locale: string) => drawSite(askWith(), { params: Promise.resolve({ locale }) })
const restaurant = (slug: string, locale = 'ko', headers = {}) =>
  drawRestaurant(askWith(headers), { params: Promise.resolve({ locale, slug }) })
const opening = (id: string, locale = 'ko') =>
  drawOpening(askWith(), { params: Promise.resolve({ locale, id }) })

/** Width and height from the head of a PNG. */
async function readPng(answer: Response) {
  expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({
    status: 200,
    type: 'image/png',
  })
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), bytes }
}

describe('pictures for messengers', () => {
  it('are drawn for the service, a restaurant and an opening, in each language', async () => {
    const { id: restaurantId, slug } = await createRestaurant(pool, {
      name: '금요일의 부엌',
      nameEn: 'Friday Kitchen',
    })
    const { openingId } = await createOpening({ restaurantId })
    const seen = new Set<string>()
    for (const locale of ['ko', 'en'])
      for (const answer of [
        await site(locale),
        await restaurant(slug, locale),
        await opening(openingId, locale),
      ]) {
        const { width, height, bytes } = await readPng(answer)
        expect({ width, height }).toEqual({ width: 1200, height: 630 })
        seen.add(bytes.toString('base64'))
      }
    expect(seen.size).toBe(6)
  })

  it('change with their facts: a cancelled opening says so', async () => {
    const { openingId } = await createOpening()
    const before = (await opening(openingId)).headers.get('etag')
    await pool.query(
      `UPDATE openings SET cancelled_at = now(), cancelled_for = '가스 점검' WHERE id = $1`,
      [openingId],
    )
    await expect.poll(async () => (await opening(openingId)).headers.get('etag')).not.toBe(before)
  })

  it('are not there for a hidden, deleted or unknown restaurant, or its openings', async () => {
    const { id: restaurantId, slug } = await createRestaurant(pool)
    const { openingId } = await createOpening({ restaurantId })
    await readPng(await restaurant(slug))
    await pool.query('UPDATE restaurants SET published = false WHERE id = $1', [restaurantId])
    for (const answer of [
      await restaurant(slug),
      await restaurant('nowhere'),
      await opening(openingId),
      await opening('00000000-0000-4000-8000-000000000000'),
      await opening('nothing'),
    ])
      expect(answer.status).toBe(404)
  })

  it('are drawn once for the same facts, however many ask, and not at all for one who has it', async () => {
    const { slug } = await createRestaurant(pool, { name: '한 번만' })
    const answers = await Promise.all(Array.from({ length: 50 }, () => restaurant(slug)))
    const etags = new Set(answers.map(({ headers }) => headers.get('etag')))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(etags.size).toBe(1)
    const [etag = ''] = etags
    const again = await restaurant(slug, 'ko', { 'if-none-match': etag ?? '' })
    expect(again.status).toBe(304)
    expect(again.headers.get('cache-control')).toContain('s-maxage=')
  })

  it('are refused at once beyond what is already being drawn, and drawn when asked again', async () => {
    const slugs: string[] = []
    for (let number = 0; number < 60; number += 1)
      slugs.push((await createRestaurant(pool, { name: `가게 ${number}` })).slug)
    const answers = await Promise.all(slugs.map((slug) => restaurant(slug)))
    const refused = slugs.filter((_, index) => answers[index]?.status === 503)
    expect(refused.length).toBeGreaterThan(0)
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(20)
    expect((await restaurant(refused[0] ?? '')).status).toBe(200)
  })

  it('ask no other server for letters that the font lacks', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch')
    const { slug } = await createRestaurant(pool, {
      name: '진미(眞味) 🍚 كباب ไทย 쀍똠',
      region: '明洞',
      category: '🍜',
    })
    await readPng(await restaurant(slug))
    expect(fetched).not.toHaveBeenCalled()
    fetched.mockRestore()
    expect(keepDrawable('진미(眞味) 🍚 食堂  Café 2호점')).toBe('진미 Café 2호점')
    expect(keepDrawable('금요일의 부엌'.normalize('NFD'))).toBe('금요일의 부엌')
  })
})
