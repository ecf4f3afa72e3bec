import { describe, expect, it } from 'vitest'
import { GET as readSitemap } from '@/app/sitemap.xml/route'
import { GET as readFile } from '@/app/sitemaps/[file]/route'
import { pool } from '@/lib/db/database'
import { PATHS_A_FILE } from '@/lib/http/sitemap'
import { createRestaurant } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'

useDatabase()
/** Few enough for the time limit of a statement, on a busy machine too. */
const A_BATCH = 250

const file = async (name: string) => {
  const request = new Request(`http://localhost:3000/sitemaps/${name}`)
  const answer = await readFile(request, { params: Promise.resolve({ file: name }) })
  return { status: answer.status, text: await answer.text() }
}
const countOf = (text: string) => text.split('<loc>').length - 1

describe('a sitemap of more addresses than one file may hold', () => {
  it('is a list of files, which together hold each address once', async () => {
    const { id } = await createRestaurant(pool)
    // Two pages of lists, and one restaurant too many for a file of 50,000 addresses.
    for (let from = 1; from < PATHS_A_FILE; from += A_BATCH)
      await pool.query(
        `INSERT INTO restaurants
         SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'slug', 'many-' || n))).*
           FROM restaurants r, generate_series($2::int, $3::int) AS n WHERE r.id = $1`,
        [id, from, Math.min(from + A_BATCH, PATHS_A_FILE) - 1],
      )
    const index = await (await readSitemap()).text()
    expect(index.match(/<loc>[^<]+<\/loc>/g)).toEqual([
      '<loc>http://localhost:3000/sitemaps/1.xml</loc>',
      '<loc>http://localhost:3000/sitemaps/2.xml</loc>',
    ])
    const [first, second, third] = [await file('1.xml'), await file('2.xml'), await file('3.xml')]
    expect([countOf(first.text), countOf(second.text)]).toEqual([50_000, 4])
    expect(Buffer.byteLength(first.text)).toBeLessThan(50 * 1024 * 1024)
    expect(third.status).toBe(404)
    const all = [...(first.text + second.text).matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, l]) => l)
    expect(new Set(all).size).toBe(50_004)
  }, 120_000)
})
