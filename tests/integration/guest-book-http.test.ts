import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { type Answer, askApi, expectProblem, readJson } from '../support/api-client'
import { fingerprintRows, setUpRestaurant, useApps } from '../support/http-scene'

const apps = useApps()

async function createGuest(restaurantId: string, name: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    'INSERT INTO guests (restaurant_id, name) VALUES ($1, $2) RETURNING id',
    [restaurantId, name],
  )
  return rows[0]?.id ?? ''
}

async function setUp() {
  const restaurant = await setUpRestaurant({ tables: [{ maxParty: 2 }, { maxParty: 4 }] })
  const { restaurantId, owner } = restaurant
  const guestId = await createGuest(restaurantId, '김단골')
  const otherId = await createGuest(restaurantId, '김부장')
  const ask = (
    method: 'GET' | 'PATCH' | 'POST' | 'DELETE',
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Answer> =>
    askApi({
      url: apps.urlOf(),
      method,
      path: `/api/v1/restaurants/${restaurantId}/guests/${path}`,
      token: owner.token,
      ...(body && { body }),
      ...(headers && { headers }),
    })
  return { ...restaurant, guestId, otherId, ask }
}

describe('the guest book, over HTTP', () => {
  test('an entry is read with its version, changed, and read again', async () => {
    const { guestId, ask } = await setUp()
    const read = await ask('GET', guestId)
    expect(readJson(read)).toMatchObject({
      id: guestId,
      name: '김단골',
      version: 1,
      tags: [],
      note: null,
      allergies: null,
      dislikes: null,
      consent: null,
      visits: 0,
      noShows: 0,
      cancellations: 0,
      lastVisit: null,
      merged: [],
    })
    expect(read.headers.etag).toBe('"1"')
    const change = {
      tags: [{ name: '단골', color: 'GREEN' }],
      note: ' 창가\r\n자리 ',
      diet: { allergies: '땅콩', consent: { way: 'IN_PERSON' } },
    }
    const changed = await ask('PATCH', guestId, change, { 'if-match': '"1"' })
    expect(readJson(changed)).toMatchObject({
      version: 2,
      tags: [{ name: '단골', color: 'GREEN' }],
      note: '창가\n자리',
      allergies: '땅콩',
      dislikes: null,
      consent: { way: 'IN_PERSON' },
    })
    expect(readJson(await ask('GET', guestId))).toEqual(readJson(changed))
    expectProblem(await ask('PATCH', guestId, { note: '나중' }, { 'if-match': '"1"' }), {
      status: 409,
      reason: 'changed-meanwhile',
    })
    expect(readJson(await ask('PATCH', guestId, { note: '' }))).toMatchObject({ note: null })
  })

  test('two are merged and split', async () => {
    const { guestId, otherId, ask } = await setUp()
    const merged = { id: guestId, mergedId: otherId }
    expect(readJson(await ask('POST', `${otherId}/merge`, { into: guestId }))).toEqual(merged)
    expect(readJson(await ask('POST', `${otherId}/merge`, { into: guestId }))).toEqual(merged)
    expect(readJson(await ask('GET', otherId))).toMatchObject({ id: guestId })
    expectProblem(await ask('POST', `${guestId}/merge`, { into: otherId }), {
      status: 409,
      reason: 'already-merged',
    })
    expectProblem(await ask('POST', `${guestId}/merge`, { into: guestId }), {
      status: 422,
      reason: 'same-guest',
    })
    expect(readJson(await ask('DELETE', `${otherId}/merge`))).toEqual(merged)
    expectProblem(await ask('DELETE', `${otherId}/merge`), { status: 409, reason: 'not-merged' })
  })

  const consent = { way: 'PHONE' }
  test.each([
    ['an unknown field', { name: '다른 이름' }],
    ['a tag without a name', { tags: [{ name: ' ' }] }],
    ['a tag of 21 characters', { tags: [{ name: '밥'.repeat(21) }] }],
    ['a tag twice', { tags: [{ name: 'VIP' }, { name: ' ＶＩＰ ' }] }],
    ['a colour that means an allergy', { tags: [{ name: 'VIP', color: 'RED' }] }],
    ['eleven tags', { tags: Array.from({ length: 11 }, (_, n) => ({ name: `t${n}` })) }],
    ['a note of 501 characters', { note: '밥'.repeat(501) }],
    ['NUL in a note', { note: 'a\u0000b' }],
    ['a diet that says nothing', { diet: { allergies: ' ', consent } }],
    ['allergies of 201 characters', { diet: { allergies: '밥'.repeat(201), consent } }],
    ['a consent that nobody gave', { diet: { allergies: '땅콩', consent: {} } }],
    [
      'a consent by the guest’s link, noted by staff',
      { diet: { allergies: '땅콩', consent: { way: 'LINK' } } },
    ],
    ['a consent at no time', { diet: { allergies: '땅콩', consent: { ...consent, at: 'soon' } } }],
    [
      'a consent of tomorrow',
      {
        diet: {
          allergies: '땅콩',
          consent: { ...consent, at: new Date(Date.now() + 86_400_000).toISOString() },
        },
      },
    ],
  ])('bad input: %s is 422 invalid and changes nothing', async (_, change) => {
    const { guestId, ask } = await setUp()
    const before = await fingerprintRows()
    expectProblem(await ask('PATCH', guestId, change), { status: 422, reason: 'invalid' })
    expect(await fingerprintRows()).toEqual(before)
  })

  test('allergies without a consent are 422 consent-needed and change nothing, nor does the rest of the change', async () => {
    const { guestId, ask } = await setUp()
    const before = await fingerprintRows()
    expectProblem(
      await ask('PATCH', guestId, {
        note: '창가',
        tags: [{ name: 'VIP' }],
        diet: { allergies: '땅콩' },
      }),
      { status: 422, reason: 'consent-needed' },
    )
    expect(await fingerprintRows()).toEqual(before)
  })

  test('another restaurant’s guest is 404 for reading, changing, merging either way and splitting', async () => {
    const here = await setUp()
    const there = await setUp()
    const before = await fingerprintRows()
    const answers = [
      await here.ask('GET', there.guestId),
      await here.ask('PATCH', there.guestId, { note: '몰래' }),
      await here.ask('POST', `${there.guestId}/merge`, { into: here.guestId }),
      await here.ask('POST', `${here.guestId}/merge`, { into: there.guestId }),
      await here.ask('DELETE', `${there.guestId}/merge`),
      await here.ask('GET', randomUUID()),
    ]
    for (const answer of answers) expectProblem(answer, { status: 404, reason: 'not-found' })
    expect(await fingerprintRows()).toEqual(before)
  })
})
