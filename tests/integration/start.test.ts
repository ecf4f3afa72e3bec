import { expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createRestaurant, createStaff } from '@/prisma/factories'
import { askApi, readJson } from '../support/api-client'
import { createPerson, type Person, useApps } from '../support/http-scene'

const apps = useApps()

async function createFloor(): Promise<{ floor: Person; slug: string }> {
  const floor = await createPerson({ name: '이직원' })
  const { id: restaurantId, slug } = await createRestaurant(pool)
  await createStaff(pool, { restaurantId, accountId: floor.id, role: 'STAFF' })
  return { floor, slug }
}

test('a sign-in without a destination begins at the person’s work', async () => {
  const begin = async (person: Person | null, path = '/start') => {
    const asked = { url: apps.urlOf(), path, ...(person && { token: person.token }) }
    const { status, headers } = await askApi(asked)
    return { status, to: headers.location }
  }
  const { floor } = await createFloor()
  const owner = await createPerson({ role: 'OWNER' })
  const waiting = await createPerson({ role: 'OWNER', ownerApprovedAt: null })
  expect(await begin(await createPerson({ role: 'ADMIN' }))).toEqual({ status: 307, to: '/admin' })
  for (const person of [owner, waiting, floor])
    expect(await begin(person)).toEqual({ status: 307, to: '/owner' })
  for (const person of [await createPerson(), null])
    expect(await begin(person)).toEqual({ status: 307, to: '/' })
  // A person's own language decides, and the address only where nobody is signed in.
  expect(await begin(floor, '/en/start')).toEqual({ status: 307, to: '/owner' })
  expect(await begin(null, '/en/start')).toEqual({ status: 307, to: '/en' })
  const english = await createPerson({ role: 'OWNER', locale: 'en' })
  expect(await begin(english)).toEqual({ status: 307, to: '/en/owner' })
})

test('G19: the workplaces of an account are the restaurants it may act for, and no others', async () => {
  const { floor, slug } = await createFloor()
  const other = await createFloor()
  const list = async (person: Person) =>
    readJson(await askApi({ url: apps.urlOf(), path: '/api/v1/workplaces', token: person.token }))
  expect(await list(floor)).toMatchObject({ items: [{ slug, role: 'STAFF' }], nextCursor: null })
  expect(await list(other.floor)).toMatchObject({ items: [{ slug: other.slug }] })
  expect(await list(await createPerson())).toEqual({ items: [], nextCursor: null })
})
