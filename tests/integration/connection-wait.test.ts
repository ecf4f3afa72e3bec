import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { countWaiting, pool } from '@/lib/db/database'
import { env } from '@/lib/env'
import { inRequest } from '@/lib/request-context'

const beginRequest = () => ({
  id: randomUUID(),
  operation: 'test',
  address: null,
  accountId: null,
})

/** Takes every connection there is, as statements that wait for a lock do. */
async function takeAll(): Promise<() => void> {
  const clients = await Promise.all(
    Array.from({ length: env.DATABASE_POOL_MAX }, () => pool.connect()),
  )
  const release = () => {
    for (const client of clients.splice(0)) client.release()
  }
  onTestFinished(release)
  return release
}

const name = (work: Promise<unknown>, is: string) =>
  work.then(
    () => `${is} served`,
    () => `${is} refused`,
  )

test('a request waits for connections only so long, in all, and leaves none behind', async () => {
  const release = await takeAll()
  const patient = name(pool.query('SELECT 1'), 'work of no request')
  const request = beginRequest()
  const ask = (of = request) => inRequest(of, () => pool.query('SELECT 1'))
  expect(await Promise.race([name(ask(), 'request'), patient])).toBe('request refused')
  // What it has waited is counted: the next statement is refused before one that begins to wait.
  const another = name(ask(beginRequest()), 'another')
  expect(await Promise.race([name(ask(), 'its next'), another])).toBe('its next refused')
  release()
  expect([await patient, await another]).toEqual(['work of no request served', 'another served'])
  expect((await ask()).rowCount).toBe(1)
  const clients = await Promise.all(
    Array.from({ length: env.DATABASE_POOL_MAX }, () => pool.connect()),
  )
  for (const client of clients) client.release()
  expect(countWaiting()).toBe(0)
})
