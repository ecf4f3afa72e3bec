import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { askApi, expectProblem, readJson } from '../support/api-client'
import { createPerson, type Person, setUpRestaurant, useApps } from '../support/http-scene'

const apps = useApps()

function readDay({
  restaurantId,
  person,
  etag,
}: {
  restaurantId: string
  person: Person
  etag?: string
}) {
  return askApi({
    url: apps.urlOf(),
    path: `/api/v1/restaurants/${restaurantId}/day`,
    token: person.token,
    ...(etag !== undefined && { headers: { 'if-none-match': etag } }),
  })
}

describe('the day, read every second', () => {
  test('costs a few bytes while nothing changes, and comes whole as soon as something does', async () => {
    const { restaurantId, owner, diner, slotIds } = await setUpRestaurant()
    const first = await readDay({ restaurantId, person: owner })
    const etag = String(first.headers.etag)
    expect(first.headers['cache-control']).toBe('private, no-store')
    expect(readJson(first).asOf).toBe(first.headers['as-of'])
    const again = await readDay({ restaurantId, person: owner, etag })
    expect([again.status, again.text]).toEqual([304, ''])
    expect(Date.parse(String(again.headers['as-of']))).toBeGreaterThan(
      Date.parse(String(first.headers['as-of'])),
    )
    await createReservation(pool, { slotId: String(slotIds[0]), dinerId: diner.id })
    const changed = await readDay({ restaurantId, person: owner, etag })
    expect(changed.status).toBe(200)
    expect(changed.headers.etag).not.toBe(etag)
    expect(readJson(changed).parties).toHaveLength(1)
  })

  test('G19: a stranger with a known ETag learns nothing', async () => {
    const { restaurantId, owner } = await setUpRestaurant()
    const etag = String((await readDay({ restaurantId, person: owner })).headers.etag)
    const stranger = await createPerson({ role: 'OWNER' })
    const answer = await readDay({ restaurantId, person: stranger, etag })
    expectProblem(answer, { status: 404, reason: 'not-found' })
  })
})
