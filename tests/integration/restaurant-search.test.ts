import { beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { restaurantListQuery } from '@/domain/restaurant/schema'
import { listFacets, listRestaurants } from '@/domain/restaurant/search.queries'
import { pool } from '@/lib/db/database'
import { createRestaurant } from '@/prisma/factories'
import { demoRestaurants } from '@/prisma/seed/restaurants'
import { useDatabase } from '@/tests/support/database'

const database = useDatabase()
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000'

beforeEach(() => database.truncateAll())

async function listNames(query: Record<string, string>): Promise<string[]> {
  const { items } = await listRestaurants(restaurantListQuery.parse(query))
  return items.map(({ name }) => name)
}

describe('the list of restaurants', () => {
  it('comes in pages that hold each restaurant once, in one order', async () => {
    for (const name of ['다', '가', '나', '가', '가', '라']) await createRestaurant(pool, { name })
    await createRestaurant(pool, { name: '가', deletedAt: new Date() })
    const seen: { name: string; id: string }[] = []
    let cursor: string | undefined
    do {
      const page = await listRestaurants({ limit: 2, cursor })
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen.map(({ name }) => name)).toEqual(['가', '가', '가', '나', '다', '라'])
    expect(new Set(seen.map(({ id }) => id)).size).toBe(6)
    expect(seen).toEqual((await listRestaurants({ limit: 50 })).items)
    expect(await listRestaurants({ limit: 2, cursor: UNKNOWN_ID })).toEqual({
      items: [],
      nextCursor: null,
    })
  })

  it('is searched by words in name, description, region and category, in both languages', async () => {
    await createRestaurant(pool, { name: '연남 뜰', nameEn: 'Yeonnam Garden', region: '연남' })
    await createRestaurant(pool, {
      name: '스시 해온',
      category: '일식',
      description: '바다가 보여요.',
    })
    await createRestaurant(pool, { name: '망원커리', descriptionEn: 'Four curries.' })
    expect(await listNames({ keyword: 'GARDEN' })).toEqual(['연남 뜰'])
    expect(await listNames({ keyword: ' 뜰   yeon ' })).toEqual(['연남 뜰'])
    expect(await listNames({ keyword: '뜰 일식' })).toEqual([])
    expect(await listNames({ keyword: '바다가' })).toEqual(['스시 해온'])
    expect(await listNames({ keyword: '일식' })).toEqual(['스시 해온'])
    expect(await listNames({ keyword: 'curries' })).toEqual(['망원커리'])
    expect(await listNames({ keyword: '연남'.normalize('NFD') })).toEqual(['연남 뜰'])
    expect(await listNames({ category: '일식' })).toEqual(['스시 해온'])
    expect(await listNames({ region: '연남' })).toEqual(['연남 뜰'])
    expect(await listNames({ region: '연' })).toEqual([])
    expect(await listNames({ keyword: '', category: '', region: ' ' })).toHaveLength(3)
  })

  it('is searched with and without spaces, by initial consonants and while a name is typed', async () => {
    await createRestaurant(pool, { name: '금요일의 부엌', nameEn: 'Friday Kitchen' })
    await createRestaurant(pool, { name: '연남 뜰', region: '전주 한옥마을' })
    await createRestaurant(pool, { name: '가가', description: '금요일의 부엌 옆집이에요.' })
    const kitchen = '금요일의 부엌'
    for (const keyword of ['ㄱㅇㅇㅇㅂㅇ', 'ㄱㅇㅇㅇ ㅂㅇ', '금요ㅇ', 'fridaykit', 'FRIDAY k'])
      expect(await listNames({ keyword }), keyword).toEqual([kitchen])
    for (const keyword of ['금요일의부엌', '금요일의 부어', '금요일', kitchen.normalize('NFD')])
      expect((await listNames({ keyword }))[0], keyword).toBe(kitchen)
    expect(await listNames({ keyword: '한옥마을' })).toEqual(['연남 뜰'])
    expect(await listNames({ keyword: '전주한옥' })).toEqual(['연남 뜰'])
    expect(await listNames({ keyword: 'ㅋㅋㅋ' })).toEqual([])
  })

  it('lists names that begin with the keyword first, across pages', async () => {
    await createRestaurant(pool, { name: '가마솥', description: '뜰이 있어요.' })
    await createRestaurant(pool, { name: '연남 뜰' })
    await createRestaurant(pool, { name: '뜰채' })
    await createRestaurant(pool, { name: '나무 뜰' })
    const expected = ['뜰채', '나무 뜰', '연남 뜰', '가마솥']
    expect(await listNames({ keyword: '뜰' })).toEqual(expected)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listRestaurants({ keyword: '뜰', limit: 1, cursor })
      seen.push(...page.items.map(({ name }) => name))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(expected)
  })

  it('finds Korean terms by their name in the page’s language', async () => {
    await createRestaurant(pool, { name: '골목', category: '국수' })
    const translations = { 국수: 'Noodles' }
    const { items } = await listRestaurants({ keyword: 'noodle', limit: 5, translations })
    expect(items.map(({ name }) => name)).toEqual(['골목'])
    expect(await listNames({ keyword: 'noodle' })).toEqual([])
  })

  it('can be narrowed to given restaurants, even to none', async () => {
    const { id } = await createRestaurant(pool, { name: '가' })
    await createRestaurant(pool, { name: '나' })
    expect((await listRestaurants({ limit: 5, among: [id] })).items).toHaveLength(1)
    expect((await listRestaurants({ limit: 5, among: [] })).items).toEqual([])
  })

  it('says which categories and regions there are, the most frequent first', async () => {
    await createRestaurant(pool, { category: '국수', region: '성수' })
    await createRestaurant(pool, { category: '국수', region: '망원' })
    await createRestaurant(pool, { category: '일식', region: '망원' })
    await createRestaurant(pool, { category: '중식', region: '판교', published: false })
    expect(await listFacets()).toEqual({
      categories: [
        { word: '국수', count: 2 },
        { word: '일식', count: 1 },
      ],
      regions: [
        { word: '망원', count: 2 },
        { word: '성수', count: 1 },
      ],
    })
  })

  it('takes wildcards and quotes literally', async () => {
    for (const name of ['50% 할인', 'a_b', 'back\\slash', "o'clock", 'plain']) {
      await createRestaurant(pool, { name })
    }
    expect(await listNames({ keyword: '%' })).toEqual(['50% 할인'])
    expect(await listNames({ keyword: '_' })).toEqual(['a_b'])
    expect(await listNames({ keyword: '\\' })).toEqual(['back\\slash'])
    expect(await listNames({ keyword: "'" })).toEqual(["o'clock"])
    expect(await listNames({ keyword: "' OR true --" })).toEqual([])
  })

  it('refuses a query that it understands only in part', () => {
    const wrong: Record<string, unknown>[] = [
      { limit: '0' },
      { limit: '-1' },
      { limit: '51' },
      { limit: '1e1' },
      { limit: '2 ' },
      { limit: ['1', '2'] },
      { keyword: ['a', 'b'] },
      { keyword: 'a\0' },
      { keyword: 'x'.repeat(61) },
      { cursor: 'nowhere' },
      { page: '2' },
      { __proto__: null, constructor: 'x' },
    ]
    for (const query of wrong) {
      expect(restaurantListQuery.safeParse(query).success, JSON.stringify(query)).toBe(false)
    }
    expect(restaurantListQuery.parse({})).toEqual({ limit: 20 })
    expect(restaurantListQuery.parse({ limit: '50' })).toEqual({ limit: 50 })
  })
})

describe('what people type: a restaurant search', () => {
  beforeEach(async () => {
    for (const { name, nameEn, category, region, address, description } of demoRestaurants)
      await createRestaurant(pool, { name, nameEn, category, region, address, description })
  })

  it.each([
    ['연남동', '연남 뜰'],
    ['연남역', '연남 뜰'],
    ['연남', '연남 뜰'],
    ['마포구 국수', '골목국수'],
    ['망원카레', '망원커리'],
    ['망원 카레', '망원커리'],
    ['망원국수', '골목국수'],
    ['해운대일식', '스시 해온'],
    ['연남이탈리안', '연남 뜰'],
    ['금욜의부엌', '금요일의 부엌'],
    ['금요일의 부억', '금요일의 부엌'],
    ['금요일에부엌', '금요일의 부엌'],
    ['골목국스', '골목국수'],
    ['스시헤온', '스시 해온'],
    ['fridey', '금요일의 부엌'],
    ['Yeonam', '연남 뜰'],
    ['rmadydlf', '금요일의 부엌'],
    ['RMADYDLF', '금요일의 부엌'],
    ['rmadydlfdml qndjz', '금요일의 부엌'],
    ['rddd', '금요일의 부엌'],
    ['akddnjszjfl', '망원커리'],
    ['ㄹ갸ㅇ묘', '금요일의 부엌'],
    ['금요ㅇ', '금요일의 부엌'],
    ['ㄳ', '골목국수'],
    ['ㅁㅁㅁ', null],
    ['골목국ㅅ', '골목국수'],
    ['골목국\u200B수', '골목국수'],
    ['ｆｒｉｄａｙ　ｋｉｔｃｈｅｎ', '금요일의 부엌'],
    ['금요일–의–부엌', '금요일의 부엌'],
    ['hang 없는곳', null],
    ['없는곳', null],
  ])('%j finds %s first', async (keyword, name) => {
    expect((await listNames({ keyword }))[0] ?? null).toBe(name)
  })

  it('서울 finds every restaurant at an address in Seoul, and nothing near it', async () => {
    const inSeoul = demoRestaurants.filter(({ address }) => address.startsWith('서울'))
    expect((await listNames({ keyword: '서울' })).sort()).toEqual(
      inSeoul.map(({ name }) => name).sort(),
    )
    expect(inSeoul.length).toBeLessThan(demoRestaurants.length)
  })

  it('what is near is listed only where a keyword finds nothing, page by page', async () => {
    await createRestaurant(pool, { name: '골목국스' })
    expect(await listNames({ keyword: '골목국스' })).toEqual(['골목국스'])
    await createRestaurant(pool, { name: '골목국시' })
    await createRestaurant(pool, { name: '골목국세' })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listRestaurants({ keyword: '골목국소', limit: 1, cursor })
      seen.push(...page.items.map(({ name }) => name))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(['골목국세', '골목국수', '골목국스', '골목국시'])
  })

  it('goes over the index, also for what is near, in one statement', async () => {
    await database.query(
      `INSERT INTO restaurants (slug, name, category, region, address, phone, description)
       SELECT 'many-' || n, '가게 ' || n, '한식', '성수', '서울 성동구 ' || n, '02-0000-0000', '밥집이에요.'
         FROM generate_series(1, 2000) AS n`,
    )
    await database.query('ANALYZE restaurants')
    for (const keyword of ['금요일', '금욜의부엌', '망원카레', 'ㄱㅇㅇ']) {
      const query = vi.spyOn(pool, 'query')
      const names = await listNames({ keyword })
      expect(query).toHaveBeenCalledOnce()
      const [text, values] = z.tuple([z.string(), z.array(z.unknown())]).parse(query.mock.calls[0])
      query.mockRestore()
      expect(names.length).toBeGreaterThan(0)
      const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan).toContain('Bitmap Index Scan on restaurants_words')
      expect(plan).not.toMatch(/Seq Scan on restaurants/)
    }
  })
})
