import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation, createStaff } from '@/prisma/factories'
import { askApi, expectProblem, readJson } from '../support/api-client'
import { setUpSeating } from '../support/booking-scene'
import { useCountedApps } from '../support/counted-apps'
import { createPerson, type Person } from '../support/http-scene'
import { fillLine, setUpLine } from '../support/line-scene'
import { queueConfirmed } from '../support/notices'

const { inbox, appAt, rest } = useCountedApps({ count: 1 })

describe('what a poll of the staff’s board costs', () => {
  /** A board with a party past its time and one that is late: their minutes go on. */
  async function setUpBoard() {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const staff = await createPerson({ name: '이직원' })
    await createStaff(pool, { ...scene, accountId: staff.id, role: 'STAFF' })
    const [over, late] = scene.slotIds.map(String)
    const begin = (slotId: string | undefined, minutes: number) =>
      pool.query(
        `UPDATE slots SET starts_at = now() - $2 * interval '1 minute', ends_at = now() - ($2 - 90) * interval '1 minute'
          WHERE id = $1`,
        [slotId, minutes],
      )
    await begin(over, 100)
    await begin(late, 20)
    const { id: overId } = await createReservation(pool, { slotId: over ?? '', walkIn: true })
    const { id: lateId } = await createReservation(pool, { slotId: late ?? '' })
    return { path: `/api/v1/restaurants/${scene.restaurantId}/day`, staff, overId, lateId, scene }
  }
  const pollOf = ({ path, staff }: { path: string; staff: Person }) => {
    const { url } = appAt(0)
    return (etag?: string) =>
      askApi({
        ...{ url, path, token: staff.token },
        ...(etag !== undefined && { headers: { 'if-none-match': etag } }),
      })
  }

  test('with nothing new one statement, what it sets off included', async () => {
    const poll = pollOf(await setUpBoard())
    const etag = String((await poll()).headers.etag)
    await rest()
    for (let round = 0; round < 3; round += 1) expect((await poll(etag)).status).toBe(304)
    await sleep(1_500)
    expect(appAt(0).proxy.listTrips()).toHaveLength(3)
  })

  test('of many tablets at once one reads the day, and each knows at once what another one did', async () => {
    const board = await setUpBoard()
    const poll = pollOf(board)
    await poll()
    await rest()
    await pool.query(`UPDATE reservations SET staff_note = '창가' WHERE id = $1`, [board.lateId])
    const polls = await Promise.all(Array.from({ length: 12 }, () => poll()))
    for (const answer of polls) expect(answer.text).toContain('창가')
    const whole = appAt(0)
      .proxy.listTrips()
      .filter(({ sql }) => sql.includes('reservation_slots'))
    expect(whole).toHaveLength(1)
  })

  test('what leaves no mark, such as an account’s new name, is seen soon after', async () => {
    const board = await setUpBoard()
    const poll = pollOf(board)
    const { id: dinerId } = await createPerson({ name: '옛이름' })
    await pool.query('UPDATE reservations SET diner_id = $2 WHERE id = $1', [board.lateId, dinerId])
    expect((await poll()).text).toContain('옛이름')
    await pool.query(`UPDATE accounts SET name = '새이름' WHERE id = $1`, [dinerId])
    await expect.poll(async () => (await poll()).text, { timeout: 10_000 }).toContain('새이름')
  })

  test('a note and an arrival are news, and the minutes are told with it', async () => {
    const board = await setUpBoard()
    const poll = pollOf(board)
    const first = await poll()
    const etag = String(first.headers.etag)
    expect(readJson(first).parties).toMatchObject([
      { minutesOver: 10, minutesLate: 0 },
      { minutesOver: 0, minutesLate: 20 },
    ])
    await pool.query(`UPDATE reservations SET staff_note = '창가' WHERE id = $1`, [board.lateId])
    const noted = await poll(etag)
    expect(noted.status).toBe(200)
    await pool.query(`UPDATE reservations SET arrived_at = now() WHERE id = $1`, [board.lateId])
    expect((await poll(String(noted.headers.etag))).status).toBe(200)
  })

  test('a session that ends, and a right that is lost, are seen at the next poll', async () => {
    const board = await setUpBoard()
    const poll = pollOf(board)
    const etag = String((await poll()).headers.etag)
    await pool.query('DELETE FROM restaurant_staff WHERE account_id = $1', [board.staff.id])
    expectProblem(await poll(etag), { status: 404, reason: 'not-found' })
    await pool.query('UPDATE accounts SET session_epoch = session_epoch + 1 WHERE id = $1', [
      board.staff.id,
    ])
    expectProblem(await poll(etag), { status: 401, reason: 'signed-out' })
  })

  test('a notice that has fallen due still goes out by a poll', async () => {
    const board = await setUpBoard()
    const poll = pollOf(board)
    await poll()
    await rest()
    const { recipient } = await queueConfirmed(pool)
    await poll()
    await inbox.waitForMail({ recipient })
  })
})

describe('what a poll of the staff’s line costs', () => {
  async function setUpWatchedLine() {
    const scene = await setUpLine()
    await fillLine(scene, 2)
    const staff = await createPerson({ name: '이직원' })
    await createStaff(pool, { ...scene, accountId: staff.id, role: 'STAFF' })
    const path = `/api/v1/restaurants/${scene.restaurantId}/line/tickets`
    const poll = (etag?: string) =>
      askApi({
        ...{ url: appAt(0).url, path, token: staff.token },
        ...(etag !== undefined && { headers: { 'if-none-match': etag } }),
      })
    return { scene, staff, poll }
  }

  test('with nothing new one statement, what it sets off included', async () => {
    const { poll } = await setUpWatchedLine()
    const etag = String((await poll()).headers.etag)
    await rest()
    for (let round = 0; round < 3; round += 1) expect((await poll(etag)).status).toBe(304)
    await sleep(1_500)
    expect(appAt(0).proxy.listTrips()).toHaveLength(3)
  })

  test('a party that joins is news', async () => {
    const { scene, poll } = await setUpWatchedLine()
    const etag = String((await poll()).headers.etag)
    await fillLine(scene, 1)
    const answer = await poll(etag)
    expect(answer.status).toBe(200)
    expect(readJson(answer).tickets).toHaveLength(3)
  })

  test('a session that ends, a right that is lost, and a line that is not there are told', async () => {
    const { scene, staff, poll } = await setUpWatchedLine()
    const etag = String((await poll()).headers.etag)
    await pool.query('DELETE FROM line_settings WHERE restaurant_id = $1', [scene.restaurantId])
    expect(readJson(await poll(etag)).reason).toBe('no-line')
    await pool.query('DELETE FROM restaurant_staff WHERE account_id = $1', [staff.id])
    expectProblem(await poll(etag), { status: 404, reason: 'not-found' })
    await pool.query('UPDATE accounts SET session_epoch = session_epoch + 1 WHERE id = $1', [
      staff.id,
    ])
    expectProblem(await poll(etag), { status: 401, reason: 'signed-out' })
  })
})
