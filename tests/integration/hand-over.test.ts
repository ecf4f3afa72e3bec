import { beforeEach, describe, expect, test } from 'vitest'
import { undoAct } from '@/domain/booking/undo.commands'
import { listFloorActs } from '@/domain/floor/acts.queries'
import { readDay } from '@/domain/floor/queries'
import { writeShiftNote } from '@/domain/floor/shift-note.commands'
import { readShiftNote } from '@/domain/floor/shift-note.queries'
import { takeTicket } from '@/domain/line/take.commands'
import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { actorOf } from '../support/booking-restaurant'
import { setUpClosing } from '../support/closure-scene'
import { useDatabase } from '../support/database'
import { act, createOtherStaff } from '../support/floor-scene'
import { actAs, joinLine, setUpLine, undoAs } from '../support/line-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

describe('the note of a shift', () => {
  async function setUp() {
    const scene = await setUpClosing()
    const { restaurantId, ownerId, staffId } = scene
    const write = (
      text: string | null,
      {
        version = null,
        by = staffId,
        date,
      }: { version?: number | null; by?: string; date?: string } = {},
    ) => writeShiftNote({ restaurantId, date, version, text, actor: actorOf(by) })
    const read = (accountId = ownerId, date?: string) =>
      readShiftNote({ restaurantId, accountId, date })
    return { ...scene, write, read }
  }

  test('is read by the others, with who wrote it, on the board of its date alone', async () => {
    const { write, read, restaurantId, ownerId, today } = await setUp()
    expect(await read()).toMatchObject({ value: { version: 0, text: null, by: null, at: null } })
    expect(await write('케이크는 9시에')).toMatchObject({ value: { version: 1 } })
    const note = { version: 1, text: '케이크는 9시에', by: expect.any(String) }
    expect(await read()).toMatchObject({ value: note })
    const day = await readDay({ restaurantId, accountId: ownerId })
    expect(day).toMatchObject({ value: { shiftNote: note } })
    const tomorrow = addDays({ date: today, days: 1 })
    expect(await read(ownerId, tomorrow)).toMatchObject({ value: { version: 0 } })
    expect((await write('내일은 단체', { date: tomorrow })).ok).toBe(true)
    expect(await read()).toMatchObject({ value: note })
    expect(await write('늦은 말', { date: addDays({ date: today, days: -1 }) })).toMatchObject({
      reason: 'past-date',
    })
  })

  test('replaces only what its writer saw, and two who write at once do not overrule each other', async () => {
    const { write, read, ownerId } = await setUp()
    const answers = await Promise.all([
      write('케이크', { version: 0 }),
      write('꽃', { version: 0, by: ownerId }),
    ])
    const [won] = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      reason: 'changed-meanwhile',
      details: { present: { version: 1, text: won?.text } },
    })
    // Two who write the same are both content.
    expect(await write(won?.text ?? '', { version: 0 })).toMatchObject({ value: { version: 1 } })
    expect(await write(null, { version: 1 })).toMatchObject({ value: { version: 2, text: null } })
    expect(await read()).toMatchObject({ value: { text: null } })
    const rows = await database.query(
      `SELECT to_status, details::text AS details FROM audit_events WHERE act = 'WRITE_SHIFT_NOTE' ORDER BY at`,
    )
    expect(rows.map((row) => row.to_status)).toEqual(['WRITTEN', 'ERASED'])
    expect(JSON.stringify(rows)).not.toContain(won?.text)
  })

  test('G19: is the staff’s alone', async () => {
    const { write, read, dinerId } = await setUp()
    const other = await setUpClosing()
    for (const by of [dinerId, other.ownerId]) {
      expect(await write('몰래', { by })).toMatchObject({ reason: 'not-found' })
      expect(await read(by)).toMatchObject({ reason: 'not-found' })
    }
  })
})

describe('who did what', () => {
  test('is listed newest first, with names, parties, tickets, and what was taken back', async () => {
    const scene = await setUpClosing({ inMinutes: 20 })
    const { restaurantId, ownerId, staffId, cellAt, during, numberOf, closed, bookCell } = scene
    await pool.query(`UPDATE accounts SET name = '이직원' WHERE id = $1`, [staffId])
    const line = await setUpLine({ restaurantId })
    const ticket = await joinLine(line)
    expect((await actAs(ownerId, 'CALL', ticket.id)).ok).toBe(true)
    const party = await bookCell(cellAt(0, 1, 0))
    const arrived = await act(party, 'ARRIVE', staffId)
    if (!arrived.ok) throw new Error(arrived.reason)
    expect((await undoAct({ actId: arrived.value.actId, actor: actorOf(ownerId) })).ok).toBe(true)
    await closed({ tableNumbers: [numberOf(2), numberOf(0)], ...during(0) })

    const list = async (limit: number, cursor?: string) => {
      const page = await listFloorActs({ restaurantId, accountId: staffId, limit, cursor })
      if (!page.ok) throw new Error(page.reason)
      return page.value
    }
    const { items, nextCursor } = await list(50)
    expect(nextCursor).toBeNull()
    expect(items.slice(0, 3)).toMatchObject([
      {
        act: 'CLOSE_TABLES',
        by: { name: '이직원' },
        party: null,
        tableNumbers: [numberOf(0), numberOf(2)].toSorted(),
      },
      { act: 'UNDO', party: { reservationId: party }, isUndone: false },
      {
        act: 'ARRIVE',
        by: { name: '이직원' },
        party: { reservationId: party, partySize: 2 },
        isUndone: true,
      },
    ])
    const called = items.find((one) => one.act === 'CALL')
    expect(called).toMatchObject({ ticketNumber: ticket.number, party: null })
    // Diners act without a name; their party tells it.
    expect(items.find(({ by }) => by.role === 'DINER')?.by.name).toBeNull()
    const paged: typeof items = []
    let cursor: string | undefined
    do {
      const page = await list(2, cursor)
      paged.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(paged).toEqual(items)
  })

  test('has the role in which each acted, and floor staff take back each other’s acts', async () => {
    const scene = await setUpClosing({ inMinutes: 20 })
    const { restaurantId, ownerId, staffId, cellAt, bookCell } = scene
    const other = await createOtherStaff(restaurantId)
    const { id: adminId } = await createAccount(pool, { role: 'ADMIN' })
    const line = await setUpLine({ restaurantId })
    const ticket = await joinLine(line)
    const party = await bookCell(cellAt(0, 1, 0))
    const listRoles = (subjectId: string) =>
      database.query(
        `SELECT act, actor_role AS role FROM audit_events WHERE subject_id = $1 AND actor_role <> 'DINER' ORDER BY at`,
        [subjectId],
      )
    for (const by of [staffId, ownerId, adminId]) {
      const arrived = await act(party, 'ARRIVE', by)
      if (!arrived.ok) throw new Error(arrived.reason)
      expect((await undoAct({ actId: arrived.value.actId, actor: actorOf(other) })).ok).toBe(true)
    }
    expect(await listRoles(party)).toEqual(
      ['STAFF', 'OWNER', 'ADMIN'].flatMap((role) => [
        { act: 'ARRIVE', role },
        { act: 'UNDO', role: 'STAFF' },
      ]),
    )
    const called = await actAs(staffId, 'CALL', ticket.id)
    if (!called.ok) throw new Error(called.reason)
    expect((await undoAs(other, called.value.actId)).ok).toBe(true)
    expect((await actAs(ownerId, 'CALL', ticket.id)).ok).toBe(true)
    expect((await actAs(staffId, 'CANCEL', ticket.id)).ok).toBe(true)
    expect((await act(party, 'CANCEL', staffId)).ok).toBe(true)
    expect(await listRoles(ticket.id)).toEqual([
      { act: 'CALL', role: 'STAFF' },
      { act: 'UNDO', role: 'STAFF' },
      { act: 'CALL', role: 'OWNER' },
      { act: 'CANCEL', role: 'STAFF' },
    ])
    // To their diner all staff are the restaurant.
    expect(
      await database.query(
        `SELECT (SELECT cancelled_by FROM reservations WHERE id = $1) AS party,
                (SELECT cancelled_by FROM tickets WHERE id = $2) AS ticket`,
        [party, ticket.id],
      ),
    ).toEqual([{ party: 'OWNER', ticket: 'OWNER' }])
    const door = await takeTicket({
      restaurantId,
      taker: { by: 'account', accountId: staffId, epoch: 0, sessionId: null },
      key: 'by-the-door-0001',
      request: { partySize: 2, dining: 'IN_STORE', channel: 'KIOSK' },
      address: null,
      locale: 'ko',
    })
    if (!door.ok) throw new Error(door.reason)
    expect(await listRoles(door.value.ticket.id)).toEqual([{ act: 'TAKE', role: 'STAFF' }])
    const page = await listFloorActs({ restaurantId, accountId: ownerId, limit: 50 })
    const taken = page.ok && page.value.items.find((one) => one.act === 'TAKE' && one.by.name)
    expect(taken).toMatchObject({ by: { role: 'STAFF', name: expect.any(String) } })
  })

  test('of other dates and restaurants are not there, nor what owners do to the restaurant', async () => {
    const { restaurantId, ownerId, staffId, during, numberOf, closed, today } = await setUpClosing()
    const other = await setUpClosing()
    await closed({ tableNumbers: [numberOf(0)], ...during(0) })
    await other.closed({ tableNumbers: [other.numberOf(0)], ...other.during(0) })
    const list = (date?: string, accountId = staffId) =>
      listFloorActs({ restaurantId, accountId, date, limit: 50 })
    expect(await list(addDays({ date: today, days: -3 }))).toMatchObject({ value: { items: [] } })
    expect(await list(undefined, other.ownerId)).toMatchObject({ reason: 'not-found' })
    await pool.query(
      `INSERT INTO audit_events (actor_id, actor_role, restaurant_id, subject, subject_id, act, to_status)
       VALUES ($1, 'OWNER', $2, 'INVITATION', $2, 'INVITE', 'STAFF')`,
      [ownerId, restaurantId],
    )
    const found = await list()
    expect(found.ok && found.value.items.some(({ act: done }) => done === 'INVITE')).toBe(false)
  })
})
