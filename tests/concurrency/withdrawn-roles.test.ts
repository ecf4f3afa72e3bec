import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { moveReservation } from '@/domain/booking/move.commands'
import { writeStaffNote } from '@/domain/booking/note.commands'
import { undoAct } from '@/domain/booking/undo.commands'
import { seatWalkIn } from '@/domain/booking/walk-in.commands'
import { closeTables } from '@/domain/floor/table-closure.commands'
import { connectKiosk } from '@/domain/line/kiosk.commands'
import { changeLine } from '@/domain/line/setting.commands'
import { undoTicketAct } from '@/domain/line/undo.commands'
import { inviteStaff } from '@/domain/restaurant/invitation.commands'
import {
  publishRestaurant,
  sendRestaurantNotice,
  setSlackHook,
  switchBookings,
} from '@/domain/restaurant/settings.commands'
import { removeMember } from '@/domain/restaurant/staff.commands'
import { hideRestaurant } from '@/domain/restaurant/visibility.commands'
import { changeSlot } from '@/domain/schedule/slot.commands'
import { pool } from '@/lib/db/database'
import { createAccount, createReservation, createStaff } from '@/prisma/factories'
import { createDinerIds, entryAt, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { actAs, joinLine, seatAs, setUpLine, takeAs } from '../support/line-scene'
import { holdSession } from '../support/session-scene'
import { actorOf } from '../support/settings-scene'
import { blockSlotUnprotected } from '../support/unprotected-role'

const database = useDatabase()
beforeEach(() => database.truncateAll())

/** A restaurant with tables, a booked one among them, an open line with a party, and its people. */
async function setUp() {
  const seating = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
  const { restaurantId } = seating
  const line = await setUpLine({ restaurantId })
  const account = async (role: 'DINER' | 'OWNER' | 'ADMIN') =>
    (await createAccount(pool, { role })).id
  const floor = await account('DINER')
  await createStaff(pool, { restaurantId, accountId: floor, role: 'STAFF' })
  const coOwner = await account('OWNER')
  await createStaff(pool, { restaurantId, accountId: coOwner, role: 'OWNER' })
  const [dinerId = ''] = await createDinerIds(1)
  const reservation = await createReservation(pool, {
    slotIds: [entryAt(seating.slotIds, 0)],
    dinerId,
  })
  return {
    ...line,
    floor,
    coOwner,
    admin: await account('ADMIN'),
    slotId: entryAt(seating.slotIds, 1),
    reservationId: reservation.id,
    ticket: await joinLine(line),
  }
}
type Scene = Awaited<ReturnType<typeof setUp>>
type Answer = { ok: boolean; reason?: string }
type Act = (by: string, scene: Scene) => Promise<Answer>

const nextHour = () => ({
  from: new Date().toISOString(),
  to: new Date(Date.now() + 3_600_000).toISOString(),
})
const intent = { override: true }
const move =
  (act: 'SEAT' | 'CANCEL'): Act =>
  (by, { reservationId }) =>
    moveReservation({ reservationId, act, actor: actorOf(by), scope: 'staff', intent })

/** Acts that floor staff may do. */
const ofFloor: Record<string, Act> = {
  'seating a reservation': move('SEAT'),
  'cancelling a reservation': move('CANCEL'),
  'a note': (by, { reservationId }) =>
    writeStaffNote({ reservationId, shown: null, text: '창가', actor: actorOf(by) }),
  'a walk-in': (by, { restaurantId, slotId }) =>
    seatWalkIn({
      restaurantId,
      request: { partySize: 2, slotIds: [slotId], ...intent },
      actor: actorOf(by),
    }),
  'calling a party': (by, { ticket }) => actAs(by, 'CALL', ticket.id),
  'the last call': (by, { ticket }) => actAs(by, 'LAST_CALL', ticket.id),
  'cancelling a ticket': (by, { ticket }) => actAs(by, 'CANCEL', ticket.id),
  'a ticket at the door': (by, scene) => takeAs(by, scene, { channel: 'KIOSK' }),
  'pausing the line': (by, { restaurantId }) =>
    changeLine({ restaurantId, actor: actorOf(by), change: { state: 'PAUSED' } }),
  'closing a table': (by, { restaurantId }) =>
    closeTables({
      restaurantId,
      actor: actorOf(by),
      closure: { tableNumbers: [2], ...nextHour() },
    }),
  'blocking a slot': (by, { slotId }) =>
    changeSlot({ slotId, change: { blocked: true }, actor: actorOf(by) }),
}

/** Acts that only owners and admins may do. */
const ofOwner: Record<string, Act> = {
  'switching bookings': (by, { restaurantId }) =>
    switchBookings({ restaurantId, actor: actorOf(by), isOn: false }),
  unpublishing: (by, { restaurantId }) =>
    publishRestaurant({ restaurantId, actor: actorOf(by), isOn: false }),
  inviting: (by, { restaurantId }) =>
    inviteStaff({
      restaurantId,
      actor: actorOf(by),
      email: `${randomUUID()}@bobjool.test`,
      role: 'STAFF',
      locale: 'ko',
    }),
  'removing a member': (by, { restaurantId, floor }) =>
    removeMember({ restaurantId, actor: actorOf(by), accountId: floor }),
  'connecting a kiosk': async (by, { restaurantId }) => {
    const { sessionId } = await holdSession(by)
    return connectKiosk({ restaurantId, actor: actorOf(by), sessionId, name: '입구' })
  },
  'disconnecting Slack': async (by, { restaurantId }) => {
    const { sessionId } = await holdSession(by)
    return setSlackHook({ restaurantId, actor: actorOf(by), sessionId, url: null, locale: 'ko' })
  },
  'deleting a slot': (by, { slotId }) =>
    changeSlot({ slotId, change: { deleted: true }, actor: actorOf(by) }),
  'sending a notice again': async (by, { restaurantId }) => {
    const [dead] = await database.query<{ id: string }>(
      `UPDATE notices SET state = 'DEAD' WHERE id = (SELECT id FROM notices LIMIT 1) RETURNING id`,
    )
    return sendRestaurantNotice({ restaurantId, noticeId: dead?.id ?? '', actor: actorOf(by) })
  },
}

const unlisted = 'DELETE FROM restaurant_staff WHERE account_id = $1'
const demoted = `UPDATE restaurant_staff SET role = 'STAFF' WHERE account_id = $1`
const unapproved = 'UPDATE accounts SET owner_approved_at = NULL WHERE id = $1'
const unmade = `UPDATE accounts SET role = 'DINER' WHERE id = $1`

/**
 * Acts while the account's role is being withdrawn in a transaction that is still open, and ends
 * that transaction once the act waits for it or is done.
 */
async function actAmid({
  withdrawal,
  accountId,
  end,
  locks = null,
  act,
}: {
  withdrawal: string
  accountId: string
  end: 'COMMIT' | 'ROLLBACK'
  /** A slot that the withdrawal's transaction holds too. */
  locks?: string | null
  act: () => Promise<Answer>
}): Promise<Answer> {
  const client = await database.pool.connect()
  try {
    await client.query('BEGIN')
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    await client.query(withdrawal, [accountId])
    await client.query('SELECT FROM slots WHERE id = $1 FOR UPDATE', [locks])
    let isDone = false
    const acting = act().finally(() => {
      isDone = true
    })
    await vi.waitFor(async () => {
      const waiting = await database.query(
        'SELECT FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))',
        [rows[0]?.pid],
      )
      if (!isDone && waiting.length === 0) throw new Error('the act neither waits nor is done')
    })
    await client.query(end)
    return await acting
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

const countActs = async () =>
  (await database.query<{ count: number }>('SELECT count(*)::int AS count FROM audit_events'))[0]
    ?.count

describe('a staff act at the instant at which its right is withdrawn', () => {
  const cases = [
    ...Object.entries(ofFloor).flatMap(([name, act]) => [
      { name, act, who: 'floor', withdrawal: unlisted },
      { name, act, who: 'coOwner', withdrawal: unlisted },
      { name, act, who: 'admin', withdrawal: unmade },
    ]),
    ...Object.entries(ofOwner).flatMap(([name, act]) => [
      { name, act, who: 'coOwner', withdrawal: demoted },
      { name, act, who: 'coOwner', withdrawal: unapproved },
      { name, act, who: 'admin', withdrawal: unmade },
    ]),
  ] as const

  test.for(cases)(
    'G19: $name by $who is refused ($withdrawal)',
    async ({ act, who, withdrawal }) => {
      const scene = await setUp()
      const accountId = scene[who as 'floor' | 'coOwner' | 'admin']
      const before = await countActs()
      const during = { withdrawal, accountId, act: () => act(accountId, scene) }
      expect(await actAmid({ ...during, end: 'COMMIT' })).toMatchObject({ reason: 'not-found' })
      expect(await countActs()).toBe(before)
    },
  )

  test.for(cases.filter(({ withdrawal }) => withdrawal !== unapproved))(
    'control: $name by $who is done where the withdrawal is given up ($withdrawal)',
    async ({ act, who, withdrawal }) => {
      const scene = await setUp()
      const accountId = scene[who as 'floor' | 'coOwner' | 'admin']
      const during = { withdrawal, accountId, act: () => act(accountId, scene) }
      expect(await actAmid({ ...during, end: 'ROLLBACK' })).toMatchObject({ ok: true })
    },
  )

  test('control: an act that reads the role before its transaction is done without the right', async () => {
    const { restaurantId, slotId, floor: accountId } = await setUp()
    const during = { withdrawal: unlisted, accountId, end: 'COMMIT', locks: slotId } as const
    const act = () => blockSlotUnprotected({ slotId, restaurantId, accountId })
    expect(await actAmid({ ...during, act })).toMatchObject({ ok: true })
  })

  test('G19: undoing an act, of a reservation and of a ticket, is refused too', async () => {
    const scene = await setUp()
    const { coOwner, floor, reservationId, ticket } = scene
    const moved = await moveReservation({
      reservationId,
      act: 'SEAT',
      actor: actorOf(coOwner),
      scope: 'staff',
      intent,
    })
    const called = await actAs(coOwner, 'CALL', ticket.id)
    if (!moved.ok || !called.ok) throw new Error('both acts are allowed')
    const during = { withdrawal: unlisted, accountId: floor, end: 'COMMIT' } as const
    const undo = () => undoAct({ actId: moved.value.actId, actor: actorOf(floor) })
    expect(await actAmid({ ...during, act: undo })).toMatchObject({ reason: 'not-found' })
    await createStaff(pool, { restaurantId: scene.restaurantId, accountId: floor, role: 'STAFF' })
    const undoCall = () => undoTicketAct({ actId: called.value.actId, asker: actorOf(floor) })
    expect(await actAmid({ ...during, act: undoCall })).toMatchObject({ reason: 'not-found' })
  })

  test('G19: seating from the line is refused too', async () => {
    const { floor, ticket, slotId } = await setUp()
    const during = { withdrawal: unlisted, accountId: floor, end: 'COMMIT' } as const
    const act = () => seatAs(floor, ticket.id, [slotId])
    expect(await actAmid({ ...during, act })).toMatchObject({ reason: 'not-found' })
  })
})

test('G19: commands that read a role without locking it are those that lock it too, or write to its row', () => {
  const files = readdirSync('domain', { recursive: true, encoding: 'utf8' })
  const reading = files.filter(
    (file) =>
      file.endsWith('.commands.ts') &&
      readFileSync(path.join('domain', file), 'utf8').includes('readStaffRole('),
  )
  expect(reading.toSorted()).toEqual([
    // Whether a diner's limits are used up; `lockActorKind` locks.
    'booking/change.commands.ts',
    // Before anything is measured; the writing of the outcome locks.
    'booking/rehearsal.commands.ts',
    // Whether a tablet may ask here at all; the role of the person who gives a PIN is locked.
    'restaurant/author.commands.ts',
    // Before a limit is used up; `editRestaurant` locks.
    'restaurant/invitation.commands.ts',
    // An owner's own day sheet: the row that it updates is the listing itself.
    'restaurant/settings.commands.ts',
    // Before the lease is waited for; each date locks.
    'schedule/plan.commands.ts',
  ])
})

test('owners who remove each other, edit, hide and seat at the same time: no deadlock', async () => {
  const scene = await setUp()
  const { restaurantId, ownerId, coOwner, admin, floor } = scene
  for (let round = 0; round < 8; round += 1) {
    await database.query(
      `INSERT INTO restaurant_staff (restaurant_id, account_id, role)
       VALUES ($1, $2, 'OWNER'), ($1, $3, 'OWNER') ON CONFLICT DO NOTHING`,
      [restaurantId, ownerId, coOwner],
    )
    const [one, two] = [ownerId, coOwner]
    const answers = await Promise.all([
      removeMember({ restaurantId, actor: actorOf(one), accountId: two }),
      removeMember({ restaurantId, actor: actorOf(two), accountId: one }),
      switchBookings({ restaurantId, actor: actorOf(admin), isOn: round % 2 === 0 }),
      hideRestaurant({ restaurantId, reason: '시험', actor: actorOf(admin) }),
      changeLine({ restaurantId, actor: actorOf(floor), change: { state: 'OPEN' } }),
      ofFloor['calling a party']?.(two, scene),
    ])
    expect(answers).toHaveLength(6)
  }
})
