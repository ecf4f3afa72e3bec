import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { sweepLines } from '@/domain/line/commands'
import { findTicket } from '@/domain/line/queries'
import { changeLine } from '@/domain/line/setting.commands'
import { pool } from '@/lib/db/database'
import { createAccount, createReservation, createSlot, createStaff } from '@/prisma/factories'
import { findContradictions } from '../support/booking-books'
import { createDinerIds, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import {
  actAs,
  cancelOwn,
  fillLine,
  findLineContradictions,
  joinLine,
  postponeOwn,
  readNumbers,
  runOutLastCall,
  seatAs,
  setUpLine,
  takeAs,
  undoAs,
} from '../support/line-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const told = () =>
  database.query<{ kind: string; number: number; state: string }>(
    `SELECT n.kind, t.number, n.state::text FROM notices n JOIN tickets t ON t.id = n.subject_id
      WHERE n.kind <> 'TICKET_TAKEN' ORDER BY n.ordinal`,
  )
const statusOf = async (ticket: { id: string; dinerId: string }) =>
  (await findTicket({ ticketId: ticket.id, accountId: ticket.dinerId }))?.status

describe('an evening in line', () => {
  test('a party joins, is called, called for the last time and seated; each step sends one notice', async () => {
    const scene = await setUpLine()
    const ticket = await joinLine(scene)
    expect(ticket).toMatchObject({ number: 1, place: 1, status: 'WAITING', quote: null })
    for (const act of ['CALL', 'LAST_CALL'] as const)
      expect(await actAs(scene.ownerId, act, ticket.id)).toMatchObject({ ok: true })
    expect(await seatAs(scene.ownerId, ticket.id)).toMatchObject({ value: { status: 'SEATED' } })
    expect(await told()).toEqual([
      { kind: 'TICKET_CALLED', number: 1, state: 'QUEUED' },
      { kind: 'TICKET_LAST_CALLED', number: 1, state: 'QUEUED' },
    ])
    const view = await findTicket({ ticketId: ticket.id, accountId: ticket.dinerId })
    expect(view).toMatchObject({ status: 'SEATED', place: null, number: 1 })
    expect(await findLineContradictions()).toEqual([])
  })

  test('the party that becomes third is told once, and not when the act is undone', async () => {
    const scene = await setUpLine()
    const [first, second, , fourth] = await fillLine(scene, 5)
    if (!first || !second || !fourth) throw new Error('five were asked for')
    const left = await cancelOwn(first)
    if (!left.ok) throw new Error(left.reason)
    expect(await told()).toMatchObject([
      { kind: 'TICKET_CANCELLED', number: 1 },
      { kind: 'TICKET_THIRD', number: 4, state: 'QUEUED' },
    ])
    expect(await undoAs(first.dinerId, left.value.actId)).toMatchObject({ ok: true })
    expect((await told()).map(({ state }) => state)).toEqual(['DROPPED', 'DROPPED'])
    expect(await readNumbers(scene)).toEqual([1, 2, 3, 4, 5])
    await seatAs(scene.ownerId, first.id)
    await seatAs(scene.ownerId, second.id)
    expect((await told()).slice(2)).toEqual([
      { kind: 'TICKET_THIRD', number: 4, state: 'QUEUED' },
      { kind: 'TICKET_THIRD', number: 5, state: 'QUEUED' },
    ])
    expect(await findLineContradictions()).toEqual([])
  })

  test('notices of acts that can be undone wait ten seconds; those of a postponement don’t', async () => {
    const scene = await setUpLine()
    const [first, second] = await fillLine(scene, 2)
    if (!first || !second) throw new Error('two were asked for')
    await postponeOwn(first, 2)
    await actAs(scene.ownerId, 'CALL', second.id)
    expect(
      await database.query(
        `SELECT n.kind, extract(epoch FROM n.due_at - e.at)::float AS seconds
           FROM notices n JOIN audit_events e ON e.id = n.event_id WHERE kind <> 'TICKET_TAKEN' ORDER BY ordinal`,
      ),
    ).toEqual([
      { kind: 'TICKET_POSTPONED', seconds: 0 },
      { kind: 'TICKET_CALLED', seconds: 10 },
    ])
  })

  test('a lapsed party comes back right behind the first waiting party', async () => {
    const scene = await setUpLine()
    const [first, second, , fourth] = await fillLine(scene, 4)
    if (!first || !second || !fourth) throw new Error('four were asked for')
    await actAs(scene.ownerId, 'LAST_CALL', first.id)
    await actAs(scene.ownerId, 'CALL', second.id)
    await runOutLastCall(first.id)
    const restored = await actAs(scene.ownerId, 'PUT_BACK', first.id)
    expect(restored).toMatchObject({ ok: true, value: { status: 'WAITING', number: 1 } })
    expect(await readNumbers(scene)).toEqual([2, 3, 1, 4])
    expect(await actAs(scene.ownerId, 'PUT_BACK', fourth.id)).toMatchObject({
      reason: 'cannot-move',
    })
    expect(await findLineContradictions()).toEqual([])
  })

  test('a diner who joined again meanwhile is not put back too (G9)', async () => {
    const scene = await setUpLine()
    const ticket = await joinLine(scene)
    await actAs(scene.ownerId, 'LAST_CALL', ticket.id)
    await runOutLastCall(ticket.id)
    expect(await takeAs(ticket.dinerId, scene)).toMatchObject({
      value: { isNew: true, ticket: { number: 2 } },
    })
    expect(await actAs(scene.ownerId, 'PUT_BACK', ticket.id)).toMatchObject({
      reason: 'already-in-line',
    })
    expect(await findLineContradictions()).toEqual([])
  })
})

describe('seating from the line', () => {
  async function setUpTables() {
    const seating = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 2 }] })
    const scene = await setUpLine({ restaurantId: seating.restaurantId })
    return { ...scene, slotIds: seating.slotIds }
  }

  test('G1: seating takes a slot by a walk-in reservation, which an undo gives back', async () => {
    const scene = await setUpTables()
    const ticket = await joinLine(scene)
    const slotId = String(scene.slotIds[0])
    const seated = await seatAs(scene.ownerId, ticket.id, [slotId])
    if (!seated.ok) throw new Error(seated.reason)
    expect(await database.query('SELECT walk_in, status, party_size FROM reservations')).toEqual([
      { walk_in: true, status: 'SEATED', party_size: 2 },
    ])
    const other = await joinLine(scene)
    expect(await seatAs(scene.ownerId, other.id, [slotId])).toMatchObject({
      reason: 'table-occupied',
    })
    expect(await findContradictions()).toEqual([])
    expect(await undoAs(scene.ownerId, seated.value.actId)).toMatchObject({
      ok: true,
      value: { status: 'WAITING' },
    })
    expect(await seatAs(scene.ownerId, other.id, [slotId])).toMatchObject({ ok: true })
    expect(await findContradictions()).toEqual([])
    expect(await findLineContradictions()).toEqual([])
  })

  test('where there are tables one is needed, and it must fit, be today’s and the restaurant’s own', async () => {
    const scene = await setUpTables()
    const ticket = await joinLine(scene, { partySize: 4 })
    const elsewhere = await createSlot(pool)
    const before = await database.query('SELECT * FROM slots ORDER BY id')
    const seat = (slotIds: string[]) => seatAs(scene.ownerId, ticket.id, slotIds)
    expect(await seat([])).toMatchObject({ reason: 'table-needed' })
    expect(await seat([String(scene.slotIds[1])])).toMatchObject({ reason: 'party-size' })
    expect(await seat([elsewhere.id])).toMatchObject({ reason: 'not-found' })
    expect(await seat([randomUUID()])).toMatchObject({ reason: 'not-found' })
    await createReservation(pool, { slotId: String(scene.slotIds[0]) })
    expect(await seat([String(scene.slotIds[0])])).toMatchObject({ reason: 'slot-taken' })
    expect(await statusOf(ticket)).toBe('WAITING')
    expect(before).toHaveLength(3)
    expect(await findLineContradictions()).toEqual([])
  })

  test('a takeout party needs no table', async () => {
    const scene = await setUpTables()
    const ticket = await joinLine(scene, { dining: 'TAKEOUT' })
    expect(await seatAs(scene.ownerId, ticket.id)).toMatchObject({ ok: true })
  })
})

describe('G12: a last call lapses even if no process ran at that moment', () => {
  test('G12: it reads as lapsed everywhere at once, and the next write records it', async () => {
    const scene = await setUpLine()
    const [first, second] = await fillLine(scene, 4)
    if (!first || !second) throw new Error('four were asked for')
    await actAs(scene.ownerId, 'LAST_CALL', first.id)
    await runOutLastCall(first.id)
    const view = await findTicket({ ticketId: first.id, accountId: first.dinerId })
    expect(view).toMatchObject({ status: 'LAPSED', place: null })
    expect(view?.endedAt).toBe(view?.lapsesAt)
    expect(await readNumbers(scene)).toEqual([2, 3, 4])
    expect(await seatAs(scene.ownerId, first.id)).toMatchObject({
      reason: 'cannot-move',
      details: { present: 'LAPSED' },
    })
    // The refusal rolled back its own write; the next act keeps it.
    await actAs(scene.ownerId, 'CALL', second.id)
    expect(await told()).toMatchObject([
      { kind: 'TICKET_LAST_CALLED', number: 1 },
      { kind: 'TICKET_LAPSED', number: 1 },
      { kind: 'TICKET_THIRD', number: 4 },
      { kind: 'TICKET_CALLED', number: 2 },
    ])
    expect(await findLineContradictions()).toEqual([])
  })

  test('G12: when nobody acts the sweep records it, once', async () => {
    const scene = await setUpLine()
    const ticket = await joinLine(scene)
    await actAs(scene.ownerId, 'LAST_CALL', ticket.id)
    await runOutLastCall(ticket.id)
    expect(await sweepLines()).toEqual({ lines: 1 })
    expect(await sweepLines()).toEqual({ lines: 0 })
    expect(
      await database.query('SELECT status, ended_at = lapses_at AS exact FROM tickets'),
    ).toEqual([{ status: 'LAPSED', exact: true }])
  })

  test('tickets left from a past date are cancelled by the service, and block nobody', async () => {
    const scene = await setUpLine()
    const ticket = await joinLine(scene)
    // The whole line with its tickets.
    await database.query('UPDATE lines SET service_date = service_date - 1')
    expect(await findTicket({ ticketId: ticket.id, accountId: ticket.dinerId })).toMatchObject({
      status: 'CANCELLED',
      cancelledBy: 'SERVICE',
      place: null,
      endedAt: expect.any(String),
    })
    expect(await takeAs(ticket.dinerId, scene)).toMatchObject({ value: { isNew: true } })
    await sweepLines()
    expect(
      await database.query('SELECT status, cancelled_by FROM tickets ORDER BY service_date'),
    ).toEqual([
      { status: 'CANCELLED', cancelled_by: 'SERVICE' },
      { status: 'WAITING', cancelled_by: null },
    ])
    expect((await told()).map(({ kind }) => kind)).toEqual([])
  })

  test('the ticket of a deleted account is over', async () => {
    const scene = await setUpLine()
    const [first] = await fillLine(scene, 2)
    await database.query('DELETE FROM accounts WHERE id = $1', [first?.dinerId])
    expect(await sweepLines()).toEqual({ lines: 1 })
    expect(await readNumbers(scene)).toEqual([2])
  })
})

describe('bad input and strangers change nothing', () => {
  test('a paused, closed, full or missing line refuses newcomers with its reason, but never a party already in it', async () => {
    const scene = await setUpLine({ longest: 2 })
    const [first] = await fillLine(scene, 2)
    const [other = ''] = await createDinerIds(1)
    expect(await takeAs(other, scene)).toMatchObject({
      reason: 'line-full',
      details: { waiting: 2 },
    })
    const set = (change: Parameters<typeof changeLine>[0]['change']) =>
      changeLine({
        restaurantId: scene.restaurantId,
        actor: { accountId: scene.ownerId, address: null },
        change,
      })
    await set({ state: 'PAUSED', reason: '재료를 받고 있어요' })
    expect(await takeAs(other, scene)).toMatchObject({
      reason: 'line-paused',
      details: { because: '재료를 받고 있어요' },
    })
    await set({ state: 'CLOSED' })
    expect(await takeAs(other, scene)).toMatchObject({ reason: 'line-closed' })
    expect(await takeAs(String(first?.dinerId), scene)).toMatchObject({
      ok: true,
      value: { isNew: false, ticket: { id: first?.id, place: 1 } },
    })
    await set({ state: 'OPEN', longest: null })
    expect(await takeAs(other, scene)).toMatchObject({ value: { ticket: { number: 3 } } })
    const { restaurantId } = await setUpSeating({ tables: [] })
    expect(await takeAs(other, { restaurantId })).toMatchObject({ reason: 'no-line' })
    expect(await takeAs(other, { restaurantId: randomUUID() })).toMatchObject({
      reason: 'not-found',
    })
    expect(await findLineContradictions()).toEqual([])
  })

  test('postponing is refused behind oneself, a party in front, a seated or unknown one, and a third time', async () => {
    const scene = await setUpLine()
    const [first, second, third, fourth] = await fillLine(scene, 5)
    if (!first || !second || !third || !fourth) throw new Error('five were asked for')
    await seatAs(scene.ownerId, third.id)
    expect(await postponeOwn(second, 2)).toMatchObject({ reason: 'behind-oneself' })
    expect(await postponeOwn(second, 1)).toMatchObject({ reason: 'behind-earlier' })
    expect(await postponeOwn(second, 3)).toMatchObject({ reason: 'behind-ended' })
    expect(await postponeOwn(second, 99)).toMatchObject({ reason: 'behind-ended' })
    expect(await readNumbers(scene)).toEqual([1, 2, 4, 5])
    expect(await postponeOwn(second, 4)).toMatchObject({ value: { status: 'POSTPONED' } })
    expect(await postponeOwn(second, 5)).toMatchObject({ ok: true })
    expect(await postponeOwn(second, 5)).toMatchObject({ reason: 'postponed-twice' })
    expect(await readNumbers(scene)).toEqual([1, 4, 5, 2])
    await actAs(scene.ownerId, 'CALL', first.id)
    expect(await postponeOwn(first, 5)).toMatchObject({ reason: 'cannot-move' })
    expect(await actAs(scene.ownerId, 'CALL', third.id)).toMatchObject({
      reason: 'cannot-move',
      details: { present: 'SEATED' },
    })
    expect(await findLineContradictions()).toEqual([])
  })

  test('G19: a foreign or guessed ticket is not found by anyone', async () => {
    const scene = await setUpLine()
    const elsewhere = await setUpLine()
    const ticket = await joinLine(scene)
    const stranger = await joinLine(elsewhere)
    const unapproved = await createAccount(pool, { role: 'OWNER', ownerApprovedAt: null })
    await createStaff(pool, { restaurantId: scene.restaurantId, accountId: unapproved.id })
    const gone = { ok: false, reason: 'not-found' }
    for (const accountId of [stranger.dinerId, elsewhere.ownerId, unapproved.id]) {
      expect(await findTicket({ ticketId: ticket.id, accountId })).toBeNull()
      expect(await actAs(accountId, 'CALL', ticket.id)).toEqual(gone)
      expect(await actAs(accountId, 'CANCEL', ticket.id, { scope: 'diner' })).toEqual(gone)
      expect(await seatAs(accountId, ticket.id)).toEqual(gone)
      expect(await postponeOwn({ id: ticket.id, dinerId: accountId }, 1)).toEqual(gone)
    }
    expect(await findTicket({ ticketId: ticket.id, accountId: null })).toBeNull()
    expect(await actAs(ticket.dinerId, 'CALL', ticket.id)).toEqual(gone)
    expect(await actAs(scene.ownerId, 'CALL', randomUUID())).toEqual(gone)
    expect(await statusOf(ticket)).toBe('WAITING')
  })

  test('an undo is refused after ten seconds, twice, by a stranger, for a newer act, and after a new ticket', async () => {
    const scene = await setUpLine()
    const [ticket, other] = await fillLine(scene, 2)
    if (!ticket || !other) throw new Error('two were asked for')
    const called = await actAs(scene.ownerId, 'CALL', ticket.id)
    const last = await actAs(scene.ownerId, 'LAST_CALL', ticket.id)
    if (!called.ok || !last.ok) throw new Error('not moved')
    expect(await undoAs(scene.ownerId, called.value.actId)).toMatchObject({ reason: 'too-late' })
    expect(await undoAs(other.dinerId, last.value.actId)).toMatchObject({ reason: 'not-found' })
    expect(await undoAs(ticket.dinerId, last.value.actId)).toMatchObject({ reason: 'not-found' })
    expect(await undoAs(scene.ownerId, last.value.actId)).toMatchObject({
      value: { status: 'CALLED' },
    })
    expect(await undoAs(scene.ownerId, last.value.actId)).toMatchObject({ reason: 'too-late' })
    const left = await cancelOwn(ticket)
    if (!left.ok) throw new Error(left.reason)
    expect(await undoAs(scene.ownerId, left.value.actId)).toMatchObject({ reason: 'not-found' })
    await takeAs(ticket.dinerId, scene)
    expect(await undoAs(ticket.dinerId, left.value.actId)).toMatchObject({
      reason: 'already-in-line',
    })
    const gone = await cancelOwn(other)
    if (!gone.ok) throw new Error(gone.reason)
    await database.query(`UPDATE audit_events SET at = at - interval '10 seconds'`)
    expect(await undoAs(other.dinerId, gone.value.actId)).toMatchObject({ reason: 'too-late' })
    expect(await findLineContradictions()).toEqual([])
  })

  test('floor staff can pause the line but not change its limit; strangers find no line', async () => {
    const scene = await setUpLine()
    const [floor = '', stranger = ''] = await createDinerIds(2)
    await createStaff(pool, { restaurantId: scene.restaurantId, accountId: floor, role: 'STAFF' })
    const as = (accountId: string, change: Parameters<typeof changeLine>[0]['change']) =>
      changeLine({
        restaurantId: scene.restaurantId,
        actor: { accountId, address: null },
        change,
      })
    expect(await as(floor, { state: 'PAUSED' })).toMatchObject({ value: { state: 'PAUSED' } })
    expect(await as(floor, { longest: 3 })).toMatchObject({ reason: 'not-allowed' })
    expect(await as(stranger, { state: 'OPEN' })).toMatchObject({ reason: 'not-found' })
    expect(await database.query('SELECT state, longest FROM line_settings')).toEqual([
      { state: 'PAUSED', longest: null },
    ])
  })
})
