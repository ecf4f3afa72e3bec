import { beforeEach, describe, expect, test } from 'vitest'
import { MOST_FILE_BYTES } from '@/domain/guest/import.types'
import { useDatabase } from '../support/database'
import { writeMany } from '../support/guest-import-scene'
import { setUpRestaurant, useApps } from '../support/http-scene'

const database = useDatabase()
const apps = useApps()
beforeEach(() => database.truncateAll())

async function setUp() {
  const { restaurantId, owner } = await setUpRestaurant()
  const path = `${apps.urlOf()}/api/v1/restaurants/${restaurantId}`
  const headers = { authorization: `Bearer ${owner.token}` }
  const send = async (body: string | Uint8Array<ArrayBuffer>) => {
    const answer = await fetch(`${path}/guests/import`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/csv' },
      body,
    })
    return { status: answer.status, body: await answer.json() }
  }
  const look = async (importId: string) =>
    (await fetch(`${path}/guest-imports/${importId}?limit=200`, { headers })).json()
  return { send, look }
}

const countGuests = async () => (await database.query('SELECT FROM guests')).length

describe('a guest book is imported by the running server', () => {
  test('a thousand lines are done when it answers: 200', async () => {
    const { send } = await setUp()
    const { status, body } = await send(writeMany(1_000))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ...{ id: null, state: 'DONE', lines: 1_000, linesDone: 1_000, counts: { added: 1_000 } },
    })
    expect(body.verdicts).toHaveLength(1_000)
    expect(await countGuests()).toBe(1_000)
  })

  test('one line more goes on after the answer: 202, and its id tells when it is done', async () => {
    const { send, look } = await setUp()
    const { status, body } = await send(writeMany(1_001))
    expect(status).toBe(202)
    expect(body).toMatchObject({
      ...{ id: expect.any(String), state: 'RUNNING', lines: 1_001, linesDone: 0, verdicts: [] },
    })
    await expect.poll(async () => (await look(body.id)).state, { timeout: 60_000 }).toBe('DONE')
    expect(await look(body.id)).toMatchObject({
      ...{ linesDone: 1_001, counts: { added: 1_001, refused: 0 }, nextCursor: expect.any(String) },
    })
    expect(await countGuests()).toBe(1_001)
  })

  test('a file of more bytes than it takes: 413', async () => {
    const { send } = await setUp()
    const { status, body } = await send(new Uint8Array(MOST_FILE_BYTES + 1).fill(0x61))
    expect(status).toBe(413)
    expect(body).toMatchObject({ reason: 'too-large' })
    expect(await countGuests()).toBe(0)
  })
})
