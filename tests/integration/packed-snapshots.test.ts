import { request as openRequest } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { setUpSeating } from '../support/booking-scene'
import { useApps } from '../support/http-scene'
import { fillLine, setUpLine } from '../support/line-scene'
import { createOpening } from '../support/opening-scene'

const apps = useApps()

interface Ask {
  path: string
  coding?: string
  method?: string
  headers?: Record<string, string>
}

/** Nothing on the way unpacks what arrives. */
function read({ path, coding, method = 'GET', headers = {} }: Ask) {
  const { hostname, port } = new URL(apps.urlOf())
  const asked = { ...(coding && { 'accept-encoding': coding }), ...headers }
  return new Promise<{ headers: NodeJS.Dict<string | string[]>; status: number; bytes: Buffer }>(
    (resolve, reject) => {
      const sent = openRequest({ hostname, port, path, method, headers: asked }, (response) => {
        buffer(response).then((bytes) => {
          resolve({ headers: response.headers, status: response.statusCode ?? 0, bytes })
        }, reject)
      })
      sent.on('error', reject)
      sent.end()
    },
  )
}

const tables = Array.from({ length: 40 }, () => ({ maxParty: 4 }))

describe('a snapshot', () => {
  test('the board, the line and an opening arrive packed as they are, the small one unpacked, under one weak tag', async () => {
    const board = await setUpSeating({ tables })
    const line = await setUpLine()
    await fillLine(line, 40)
    const { openingId } = await createOpening()
    const paths = [
      `/api/v1/restaurants/${board.restaurantId}/board?date=${board.serviceDate}`,
      `/api/v1/restaurants/${line.restaurantId}/line`,
      `/api/v1/openings/${openingId}`,
    ]
    const withoutInstants = (text: string) => text.replace(/"asOf":"[^"]*"|"pollAfterMs":\d+/g, '')
    const isPacked: boolean[] = []
    for (const path of paths) {
      const plain = await read({ path })
      const br = await read({ path, coding: 'gzip, deflate, br, zstd' })
      const gzip = await read({ path, coding: 'gzip' })
      const isLarge = plain.bytes.length >= 1_024
      isPacked.push(isLarge)
      expect(
        [plain, br, gzip].map(({ headers }) => headers['content-encoding']),
        path,
      ).toEqual([...[undefined, ...(isLarge ? ['br', 'gzip'] : [undefined, undefined])]])
      for (const { status, headers, bytes } of [plain, br, gzip]) {
        expect([status, headers.etag]).toEqual([200, plain.headers.etag])
        expect(headers['content-length']).toBe(String(bytes.length))
        expect(String(headers.vary).split(/, */)).toContain('Accept-Encoding')
        expect(headers['transfer-encoding']).toBeUndefined()
      }
      expect(plain.headers.etag).toMatch(/^W\/"/)
      const unpacked = isLarge ? [brotliDecompressSync(br.bytes), gunzipSync(gzip.bytes)] : []
      const texts = [plain.bytes, ...unpacked].map((bytes) => withoutInstants(bytes.toString()))
      expect(new Set(texts).size).toBe(1)
    }
    expect(isPacked.slice(0, 2), 'the board and the line').toEqual([true, true])
  })

  test('304 and HEAD say the same of it as GET, and a change is another tag', async () => {
    const { restaurantId, serviceDate, slotIds } = await setUpSeating({ tables })
    const path = `/api/v1/restaurants/${restaurantId}/board?date=${serviceDate}`
    const first = await read({ path, coding: 'br' })
    const etag = String(first.headers.etag)
    for (const coding of ['br', 'gzip', 'identity']) {
      const again = await read({ path, coding, headers: { 'if-none-match': etag } })
      expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, etag])
      expect(again.headers['content-encoding']).toBeUndefined()
    }
    const head = await read({ path, coding: 'br', method: 'HEAD' })
    expect([head.status, head.bytes.length, head.headers.etag]).toEqual([200, 0, etag])
    expect(head.headers['content-encoding']).toBe('br')

    await createReservation(pool, { slotId: String(slotIds[0]) })
    await expect
      .poll(async () => {
        const { status } = await read({ path, coding: 'br', headers: { 'if-none-match': etag } })
        return status
      })
      .toBe(200)
  })

  test('a refusal instead of it says no coding of ours', async () => {
    const path = '/api/v1/restaurants/no-such-place/board'
    const { status, headers, bytes } = await read({ path, coding: 'br' })
    expect([status, headers['content-encoding']]).toEqual([404, undefined])
    expect(JSON.parse(bytes.toString())).toMatchObject({ reason: 'not-found' })
  })
})
