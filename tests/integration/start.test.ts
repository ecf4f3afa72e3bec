import { expect, test } from 'vitest'
import { z } from 'zod'
import { pool } from '@/lib/db/database'
import { createRestaurant, createStaff } from '@/prisma/factories'
import { askApi, readJson } from '../support/api-client'
import { createPerson, type Person, useApps } from '../support/http-scene'

const apps = useApps()
const manifest = z.object({
  start_url: z.string(),
  id: z.string(),
  shortcuts: z.array(z.object({ url: z.string() })),
})

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

test('kind 12: the installed app starts at its user’s work, and signs in first where that ended', async () => {
  const answer = await askApi({ url: apps.urlOf(), path: '/manifest.webmanifest' })
  const { start_url: path, id, shortcuts } = manifest.parse(readJson(answer))
  // Another id would be another app on every phone that has it.
  expect({ path, id }).toEqual({ path: '/start', id: '/' })
  const { floor } = await createFloor()
  const open = async (token: string | null, at = path) => {
    const { status, headers } = await askApi({
      url: apps.urlOf(),
      path: at,
      ...(token && { token }),
    })
    return { status, to: headers.location }
  }
  expect(await open(floor.token)).toEqual({ status: 307, to: '/owner' })
  await pool.query('UPDATE accounts SET session_epoch = session_epoch + 1 WHERE id = $1', [
    floor.id,
  ])
  for (const prefix of ['', '/en']) {
    const to = `${prefix}/sign-in?callbackUrl=${encodeURIComponent(`${prefix}/start`)}`
    expect(await open(floor.token, `${prefix}${path}`)).toEqual({ status: 307, to })
    // The way on is a page, and leads to work again once signed in.
    expect(await open(floor.token, to)).toMatchObject({ status: 200 })
  }
  for (const { url } of shortcuts) expect((await open(null, url)).status, url).toBeLessThan(400)
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
