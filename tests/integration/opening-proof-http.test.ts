import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { openingLog } from '@/domain/proof/schema'
import { useDatabase } from '../support/database'
import { useApps } from '../support/http-scene'
import { runOpeningDay } from '../support/opening-day'
import { createOpening } from '../support/opening-scene'

const database = useDatabase()
const apps = useApps()

test('G13–G15: the log arrives whole, packed once or not at all, and shared caches may store it', async () => {
  const { openingId } = await runOpeningDay(database)
  const ask = (encoding: string) =>
    fetch(`${apps.urlOf()}/api/v1/openings/${openingId}/proof`, {
      headers: { 'accept-encoding': encoding },
    })
  const [packed, plain] = await Promise.all([ask('gzip'), ask('identity')])
  expect(packed.headers.get('content-encoding')).toBe('gzip')
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(packed.headers.get('cache-control')).toMatch(/^public.*s-maxage=30/)
  const text = await packed.text()
  expect(await plain.text()).toBe(text)
  const { seal, entries } = openingLog.parse(JSON.parse(text))
  expect(entries).toHaveLength(30)
  const said = text.slice(0, text.lastIndexOf(',"seal":'))
  expect(createHash('sha256').update(said).digest('hex')).toBe(seal.sha256)
})

test('G13: before the draw there is no log, and the answer says when there will be', async () => {
  const { openingId } = await createOpening()
  const answer = await fetch(`${apps.urlOf()}/api/v1/openings/${openingId}/proof`)
  expect(answer.status).toBe(403)
  expect(await answer.json()).toMatchObject({
    reason: 'not-open-yet',
    opensAt: expect.any(String),
  })
})
