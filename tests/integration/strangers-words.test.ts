import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { moveReservation } from '@/domain/booking/move.commands'
import { drainOutbox } from '@/domain/notification/commands'
import { inviteStaff } from '@/domain/restaurant/invitation.commands'
import { hideRestaurant } from '@/domain/restaurant/visibility.commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount, createRestaurant } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { setUpDoor, takeAtDoor } from '../support/door-scene'
import { useInbox } from '../support/inbox'
import { actAs, joinLine, setUpLine } from '../support/line-scene'
import { queueConfirmed } from '../support/notices'
import { actorOf } from '../support/settings-scene'

const database = useDatabase()
const inbox = useInbox()
afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
})

const EVIL = '무료쿠폰 evil.test'
const STRANGER = 'stranger@bobjool.test'

/** All that the mails to an address show, in every part. */
const shownTo = (address: string) => {
  const mails = inbox.listMails(address)
  expect(mails.length).toBeGreaterThan(0)
  return mails.map(({ raw, subject, text, html }) => [raw, subject, text, html].join('\n')).join()
}
/** Acts can be undone for ten seconds, and their notices wait that long. */
async function sendAll(): Promise<void> {
  await database.query(`UPDATE notices SET due_at = now() WHERE state = 'QUEUED'`)
  await database.query(`UPDATE audit_events SET at = at - interval '11 seconds'`)
  await drainOutbox()
}

describe('to an address that nobody has confirmed', () => {
  const invite = async () => {
    const owner = await createAccount(pool, { role: 'OWNER', name: EVIL })
    const { id: restaurantId } = await createRestaurant(pool, {
      ownerId: owner.id,
      name: EVIL,
      nameEn: EVIL,
    })
    const wish = { email: STRANGER, role: 'STAFF', locale: 'ko' } as const
    await inviteStaff({ restaurantId, actor: actorOf(owner.id), ...wish })
    return restaurantId
  }

  test.each([
    ['without an account', null],
    ['of an account that never confirmed it', { emailConfirmedAt: null }],
  ])('an invitation says nobody’s words: %s', async (_, account) => {
    if (account) await createAccount(pool, { email: STRANGER, ...account })
    await invite()
    await sendAll()
    expect(shownTo(STRANGER)).not.toMatch(/무료쿠폰|evil\.test/)
    expect(inbox.listMails(STRANGER)[0]?.subject).toBe('식당에서 초대했어요')
  })

  test('control: a person who confirmed it reads who invites them, and where to', async () => {
    await createAccount(pool, { email: STRANGER })
    await invite()
    await sendAll()
    expect(inbox.listMails(STRANGER)[0]?.subject).toContain(EVIL)
  })

  test('a kiosk’s ticket says no reason; control: an account’s does', async () => {
    const door = await setUpDoor()
    const ticket = await takeAtDoor(door, { email: STRANGER })
    const { id, dinerId } = await joinLine(door)
    for (const ticketId of [ticket.id, id])
      await actAs(door.ownerId, 'CANCEL', ticketId, { reason: EVIL })
    await sendAll()
    expect(shownTo(STRANGER)).not.toMatch(/무료쿠폰|evil\.test/)
    const [diner] = await database.query<{ email: string }>(
      'SELECT email FROM accounts WHERE id = $1',
      [dinerId],
    )
    expect(shownTo(diner?.email ?? '')).toContain('무료쿠폰')
  })
})

describe('a restaurant that an admin has hidden', () => {
  const hide = async (restaurantId: string) => {
    const admin = await createAccount(pool, { role: 'ADMIN' })
    const actor = actorOf(admin.id)
    expect(await hideRestaurant({ restaurantId, reason: '시험', actor })).toMatchObject({
      ok: true,
    })
  }

  test('reaches no mailbox by a kiosk, nor by an invitation', async () => {
    const door = await setUpDoor()
    await hide(door.restaurantId)
    await takeAtDoor(door, { email: STRANGER })
    const wish = { email: 'cook@bobjool.test', role: 'STAFF', locale: 'ko' } as const
    await inviteStaff({ ...door, actor: actorOf(door.ownerId), ...wish })
    await sendAll()
    expect(inbox.listMails()).toEqual([])
  })

  test('control: until then it does', async () => {
    const door = await setUpDoor()
    await takeAtDoor(door, { email: STRANGER })
    await sendAll()
    expect(inbox.listMails(STRANGER)).toHaveLength(1)
  })

  test('reaches its diners only where what they have is over, and without its words', async () => {
    const scene = await setUpLine()
    const { id, dinerId } = await joinLine(scene)
    const booked = await queueConfirmed(pool)
    await hide(scene.restaurantId)
    await hide(booked.restaurantId)
    await actAs(scene.ownerId, 'CALL', id)
    await sendAll()
    expect(inbox.listMails()).toEqual([])
    await actAs(scene.ownerId, 'CANCEL', id, { reason: EVIL })
    const admin = await createAccount(pool, { role: 'ADMIN' })
    const { reservationId } = booked
    const cancel = { reservationId, act: 'CANCEL', scope: 'staff', reason: EVIL } as const
    const cancelled = await moveReservation({ ...cancel, actor: actorOf(admin.id) })
    expect(cancelled).toMatchObject({ ok: true })
    await sendAll()
    const [diner] = await database.query<{ email: string }>(
      'SELECT email FROM accounts WHERE id = $1',
      [dinerId],
    )
    for (const address of [diner?.email ?? '', booked.recipient]) {
      expect(inbox.listMails(address)).toHaveLength(1)
      expect(shownTo(address)).not.toMatch(/무료쿠폰|evil\.test/)
    }
  })
})
