import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { connectKiosk, revokeKiosk } from '@/domain/line/kiosk.commands'
import { findKioskRestaurant, listKiosks } from '@/domain/line/kiosk.queries'
import { findTicket, listOwnTickets } from '@/domain/line/queries'
import { takeTicket } from '@/domain/line/take.commands'
import { makeDeviceToken } from '@/lib/crypto/device-token'
import { pool } from '@/lib/db/database'
import { createAccount, createStaff } from '@/prisma/factories'
import { cancelOwn, joinLine, setUpLine } from '../support/line-scene'
import { holdSession } from '../support/session-scene'

async function connect() {
  const scene = await setUpLine()
  const { sessionId } = await holdSession(scene.ownerId)
  const actor = { accountId: scene.ownerId, address: null }
  const connected = await connectKiosk({ ...scene, actor, sessionId, name: '입구' })
  if (!connected.ok) throw new Error(connected.reason)
  return { ...scene, actor, sessionId, ...connected.value }
}

const takeAtDoor = ({ restaurantId, token }: { restaurantId: string; token: string }) =>
  takeTicket({
    restaurantId,
    taker: { by: 'kiosk', token },
    key: randomUUID(),
    request: { partySize: 2, dining: 'IN_STORE', channel: 'KIOSK' },
    address: null,
    locale: 'ko',
  })

describe('a tablet at the door', () => {
  test('knows its restaurant by its token, takes tickets only there, and is listed with its last use', async () => {
    const kiosk = await connect()
    const other = await setUpLine()
    const restaurant = await findKioskRestaurant(kiosk.token)
    expect(restaurant).toMatchObject({ ok: true, value: { restaurantId: kiosk.restaurantId } })
    const taken = await takeAtDoor(kiosk)
    expect(taken).toMatchObject({ ok: true, value: { isNew: true } })
    const foreign = await takeAtDoor({ ...kiosk, restaurantId: other.restaurantId })
    expect(foreign).toMatchObject({ ok: false, reason: 'kiosk-revoked' })
    const [listed] = await listKiosks(kiosk.restaurantId)
    expect(listed).toMatchObject({ id: kiosk.kioskId, name: '입구' })
    expect(listed?.lastTicketAt).not.toBeNull()
    const ticketId = taken.ok ? taken.value.ticket.id : ''
    expect(await findTicket({ ticketId, accountId: null })).toMatchObject({ place: 1 })
    expect(await findTicket({ ticketId, accountId: kiosk.ownerId })).toBeNull()
  })

  test('stops working once revoked, and an invented token never works', async () => {
    const kiosk = await connect()
    const revoked = await revokeKiosk({ ...kiosk })
    expect(revoked.ok).toBe(true)
    for (const token of [kiosk.token, makeDeviceToken()]) {
      expect(await findKioskRestaurant(token)).toMatchObject({ reason: 'kiosk-revoked' })
      expect(await takeAtDoor({ ...kiosk, token })).toMatchObject({ reason: 'kiosk-revoked' })
    }
    expect(await listKiosks(kiosk.restaurantId)).toEqual([])
    expect(await revokeKiosk({ ...kiosk })).toMatchObject({ reason: 'not-found' })
  })

  test('G19: can be neither connected nor revoked by floor staff', async () => {
    const kiosk = await connect()
    const staff = await createAccount(pool)
    await createStaff(pool, { ...kiosk, accountId: staff.id, role: 'STAFF' })
    const actor = { accountId: staff.id, address: null }
    expect(await connectKiosk({ ...kiosk, actor, sessionId: null, name: '뒷문' })).toMatchObject({
      ok: false,
    })
    expect(await revokeKiosk({ ...kiosk, actor })).toMatchObject({ reason: 'not-found' })
  })
})

describe('the lines a diner stands in', () => {
  test('G19: show only the diner’s own tickets, while they are active', async () => {
    const scene = await setUpLine()
    const own = await joinLine(scene)
    await joinLine(scene)
    const listed = await listOwnTickets(own.dinerId)
    expect(listed.map(({ id, place }) => [id, place])).toEqual([[own.id, 1]])
    await cancelOwn(own)
    expect(await listOwnTickets(own.dinerId)).toEqual([])
  })
})
