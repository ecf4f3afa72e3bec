import { describe, expect, test } from 'vitest'
import { readWaiting } from '@/domain/line/waiting.queries'
import { pool } from '@/lib/db/database'
import { createAccount, createRestaurant, createStaff } from '@/prisma/factories'
import {
  actAs,
  joinLine,
  postponeOwn,
  runOutLastCall,
  setUpLine,
  takeAs,
} from '../support/line-scene'

describe('the line as its staff read it', () => {
  test('G10: in order with places, lapsed parties below, even if no process recorded the lapse', async () => {
    const scene = await setUpLine()
    const first = await joinLine(scene)
    const second = await joinLine(scene)
    await joinLine(scene)
    const gone = await joinLine(scene)
    await postponeOwn(first, 3)
    await actAs(scene.ownerId, 'LAST_CALL', second.id)
    await runOutLastCall(second.id)
    await actAs(scene.ownerId, 'CANCEL', gone.id)
    const read = await readWaiting({ ...scene, accountId: scene.ownerId })
    const tickets = read.ok ? read.value.tickets : []
    expect(tickets.map(({ number, place, status }) => [number, place, status])).toEqual([
      [3, 1, 'WAITING'],
      [1, 2, 'POSTPONED'],
      [2, null, 'LAPSED'],
    ])
  })

  test('G19: staff see their own guests’ names and last four phone digits; everyone else sees nothing', async () => {
    const scene = await setUpLine()
    const diner = await createAccount(pool, { name: '정다움', phone: '010-1234-5678' })
    await takeAs(diner.id, scene)
    await takeAs(scene.ownerId, scene, {
      channel: 'KIOSK',
      contact: { phone: '010-2222-3333', email: undefined },
    })
    const staff = await createAccount(pool)
    await createStaff(pool, { ...scene, accountId: staff.id, role: 'STAFF' })
    const read = await readWaiting({ ...scene, accountId: staff.id })
    const tickets = read.ok ? read.value.tickets : []
    expect(tickets.map(({ name, phoneEnd, canBeTold }) => [name, phoneEnd, canBeTold])).toEqual([
      ['정다움', '5678', true],
      [null, '3333', false],
    ])
    expect(JSON.stringify(read)).not.toContain('1234')
    const refused = await readWaiting({ ...scene, accountId: diner.id })
    expect(refused).toMatchObject({ ok: false, reason: 'not-found' })
  })

  test('a restaurant without a line says so, to its staff only', async () => {
    const owner = await createAccount(pool, { role: 'OWNER' })
    const { id: restaurantId } = await createRestaurant(pool, { ownerId: owner.id })
    const read = await readWaiting({ restaurantId, accountId: owner.id })
    expect(read).toMatchObject({ ok: false, reason: 'no-line' })
  })
})
