import { expect, it } from 'vitest'
import { watchedResponse } from './api'

const uncounted = ['minutesOver', 'minutesLate']
const tell = (content: object, etag?: string) =>
  watchedResponse({
    request: new Request('http://localhost/', {
      headers: etag === undefined ? {} : { 'if-none-match': etag },
    }),
    asOf: '2026-11-29T10:00:00.000Z',
    content,
    uncounted,
  })
const dayOf = (minutesOver: number, status = 'SEATED') => ({
  serviceDate: '2026-11-29',
  parties: [{ reservationId: 'a', status, minutesOver, minutesLate: 0 }],
})

it('minutes that go on are no news: a poll a minute later is answered that nothing changed', async () => {
  const first = tell(dayOf(12))
  expect(await first.json()).toMatchObject({ parties: [{ minutesOver: 12 }] })
  const etag = first.headers.get('etag') ?? ''
  expect(tell(dayOf(13), etag).status).toBe(304)
  // The same for the board, not to the byte.
  expect(etag).toMatch(/^W\//)
})

it('everything else is news', () => {
  const etag = tell(dayOf(12)).headers.get('etag') ?? ''
  expect(tell(dayOf(12, 'LEFT'), etag).status).toBe(200)
})
