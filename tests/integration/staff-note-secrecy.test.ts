import { expect, test } from 'vitest'
import { moveReservation } from '@/domain/booking/move.commands'
import { pool } from '@/lib/db/database'
import { sessionCookieName } from '@/lib/http/session'
import { createReservation } from '@/prisma/factories'
import { askApi } from '../support/api-client'
import { setUpRestaurant, useApps } from '../support/http-scene'

const apps = useApps()
const SECRET = '까다로운 손님'

test('a staff note reaches no diner: no answer, no page, no calendar, no mail', async () => {
  const { restaurantId, slotIds, diner, owner } = await setUpRestaurant()
  const slotId = String(slotIds[0])
  const { id } = await createReservation(pool, { slotId, dinerId: diner.id, note: '창가' })
  await pool.query('UPDATE reservations SET staff_note = $2 WHERE id = $1', [id, SECRET])
  const ask = (path: string, method = 'GET') =>
    askApi({
      url: apps.urlOf(),
      path,
      method,
      token: path.startsWith('/api') ? diner.token : undefined,
      headers: { cookie: `${sessionCookieName()}=${diner.token}` },
    })
  const paths = [
    '/api/v1/reservations',
    `/api/v1/reservations/${id}`,
    `/api/v1/restaurants/${restaurantId}/board`,
    '/reservations',
    '/en/reservations',
    `/reservations/${id}`,
    `/en/reservations/${id}`,
    `/reservations/${id}/calendar`,
  ]
  for (const path of paths) {
    const answer = await ask(path)
    expect([path, answer.status]).toEqual([path, 200])
    expect(answer.text).not.toContain(SECRET)
    expect(answer.text).not.toMatch(/staff_?note/i)
  }
  // Control: the page does show the diner's own note, so it would show a staff note too.
  expect((await ask(`/reservations/${id}`)).text).toContain('창가')
  const cancelled = await ask(`/api/v1/reservations/${id}/cancel`, 'POST')
  expect(cancelled.status).toBe(200)
  expect(cancelled.text).not.toContain(SECRET)
  const { id: other } = await createReservation(pool, { slotId, dinerId: diner.id })
  await pool.query('UPDATE reservations SET staff_note = $2 WHERE id = $1', [other, SECRET])
  const actor = { accountId: owner.id, address: null }
  await moveReservation({ reservationId: other, act: 'CANCEL', actor, scope: 'staff' })
  const { rows } = await pool.query<{ text: string }>('SELECT n::text AS text FROM notices n')
  expect(rows.length).toBeGreaterThan(0)
  for (const { text } of rows) expect(text).not.toContain(SECRET)
})
