import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { connectKiosk, revokeKiosk } from '@/domain/line/kiosk.commands'
import { takeTicket } from '@/domain/line/take.commands'
import { findContradictions } from '../support/booking-books'
import { createDinerIds, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import {
  actAs,
  fillLine,
  findLineContradictions,
  joinLine,
  postponeOwn,
  readNumbers,
  runOutLastCall,
  seatAs,
  setUpLine,
  takeAs,
  takePatiently,
} from '../support/line-scene'
import { holdSession } from '../support/session-scene'
import {
  countShared,
  moveUnprotected,
  postponeUnprotected,
  setUpUnprotectedLine,
  takeByCount,
  takeOnceUnprotected,
} from '../support/unprotected-line'

const database = useDatabase()
beforeEach(() => database.truncateAll())

/** A larger one on demand. */
const JOINS = Number(process.env.LINE_JOINS ?? 500)
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('G8: numbers', () => {
  test('G8: 500 joins at once, some leaving meanwhile, get 1 to 500, each once, in commit order', async () => {
    const scene = await setUpLine()
    const diners = await createDinerIds(JOINS)
    const taken = await Promise.all(
      diners.map(async (diner, index) => {
        const ticket = await takePatiently(diner, scene)
        // A party that finds the line too busy to leave it stays.
        if (ticket.ok && index % 10 === 0)
          await actAs(diner, 'CANCEL', ticket.value.ticket.id, { scope: 'diner' }).catch(() => null)
        return ticket
      }),
    )
    const numbers = taken.map((ticket) => (ticket.ok ? ticket.value.ticket.number : 0))
    expect(numbers.toSorted((a, b) => a - b)).toEqual(upTo(JOINS))
    expect(await findLineContradictions()).toEqual([])
  })

  test('G8, control: numbers counted instead of taken under a lock repeat', async () => {
    await setUpUnprotectedLine()
    await Promise.all((await createDinerIds(20)).map(takeByCount))
    expect(await countShared('number')).toBeGreaterThan(0)
  })

  test('G8: refusals of all kinds among joins leave no gap', async () => {
    const scene = await setUpLine({ longest: 30 })
    const diners = await createDinerIds(60)
    const taken = await Promise.all(diners.map((diner) => takePatiently(diner, scene)))
    expect(taken.filter(({ ok }) => ok)).toHaveLength(30)
    for (const refused of taken.filter(({ ok }) => !ok))
      expect(refused).toMatchObject({ reason: 'line-full' })
    expect(await readNumbers(scene)).toEqual(upTo(30))
    expect(await findLineContradictions()).toEqual([])
  })
})

describe('G9: one active ticket per diner', () => {
  test('G9: fifty taps at once, with one key and with many, make one ticket', async () => {
    const scene = await setUpLine()
    await fillLine(scene, 2)
    const [diner = '', other = ''] = await createDinerIds(2)
    const key = randomUUID()
    const many = await Promise.all(upTo(50).map(() => takeAs(diner, scene)))
    const same = await Promise.all(upTo(50).map(() => takeAs(other, scene, { key })))
    const ids = many.map((answer) => (answer.ok ? answer.value.ticket.id : answer.reason))
    expect(new Set(ids).size).toBe(1)
    for (const answer of same) if (!answer.ok) expect(answer.reason).toBe('in-progress')
    expect(same.filter((answer) => answer.ok && answer.value.isNew)).toHaveLength(1)
    expect(await takeAs(other, scene, { key })).toMatchObject({ value: { isNew: false } })
    expect(await takeAs(other, scene, { key, partySize: 3 })).toMatchObject({
      reason: 'key-reused',
    })
    expect((await readNumbers(scene)).toSorted()).toEqual([1, 2, 3, 4])
    expect(await findLineContradictions()).toEqual([])
  })

  test('G9, control: with a check before the insert one diner gets several', async () => {
    await setUpUnprotectedLine()
    const [diner = ''] = await createDinerIds(1)
    await takeOnceUnprotected(diner, 10)
    expect(await database.query('SELECT FROM unprotected_tickets')).not.toHaveLength(1)
  })

  test('G9: a double tap at the kiosk makes one by its key; a revoked kiosk makes none', async () => {
    const scene = await setUpLine()
    const { sessionId } = await holdSession(scene.ownerId)
    const actor = { accountId: scene.ownerId, address: null }
    const connected = await connectKiosk({ ...scene, actor, sessionId, name: '입구' })
    if (!connected.ok) throw new Error(connected.reason)
    const { kioskId, token } = connected.value
    const take = (key: string) =>
      takeTicket({
        restaurantId: scene.restaurantId,
        taker: { by: 'kiosk', token },
        key,
        request: { partySize: 2, dining: 'IN_STORE', channel: 'KIOSK' },
        address: null,
        locale: 'ko',
      })
    const key = randomUUID()
    const taps = await Promise.all(upTo(10).map(() => take(key)))
    expect(taps.filter((tap) => tap.ok && tap.value.isNew)).toHaveLength(1)
    const [first, again] = [await take(key), await take(randomUUID())]
    expect(first).toMatchObject({ value: { isNew: false, ticket: { number: 1 } } })
    expect(again).toMatchObject({ value: { isNew: true, ticket: { number: 2 } } })
    expect(await revokeKiosk({ ...scene, actor, sessionId, kioskId })).toMatchObject({ ok: true })
    expect(await take(randomUUID())).toMatchObject({ reason: 'kiosk-revoked' })
    expect(await readNumbers(scene)).toEqual([1, 2])
  })
})

describe('G10: places', () => {
  test('G10: all parties postpone behind the last one at once; no two share a place', async () => {
    const scene = await setUpLine()
    const tickets = await fillLine(scene, 12)
    const moved = await Promise.all(tickets.slice(0, 11).map((ticket) => postponeOwn(ticket, 12)))
    expect(moved.every(({ ok }) => ok)).toBe(true)
    const order = await readNumbers(scene)
    expect(order[0]).toBe(12)
    // Behind those who postponed there before: the order of the places is the order of the acts.
    const acts = await database.query<{ number: number }>(
      `SELECT t.number FROM audit_events e JOIN tickets t ON t.id = e.subject_id WHERE act = 'POSTPONE' ORDER BY e.at, t.rank`,
    )
    expect(order.slice(1)).toEqual(acts.map(({ number }) => number))
    expect(await findLineContradictions()).toEqual([])
  })

  test('G10, control: without the lock two parties share a place', async () => {
    await setUpUnprotectedLine()
    for (const diner of await createDinerIds(6)) await takeByCount(diner)
    await Promise.all([1, 2, 3].map((number) => postponeUnprotected({ number, behindNumber: 5 })))
    expect(await countShared('rank')).toBeGreaterThan(0)
  })
})

describe('G11: two staff at once', () => {
  test('G11: seat and cancel, call and call, last call and seat: one move and one clear refusal', async () => {
    const scene = await setUpLine()
    const race = async (acts: ((id: string) => Promise<{ ok: boolean; reason?: string }>)[]) => {
      const { id } = await joinLine(scene)
      return Promise.all(acts.map((act) => act(id)))
    }
    const seat = (id: string) => seatAs(scene.ownerId, id)
    const cancel = (id: string) => actAs(scene.ownerId, 'CANCEL', id)
    const call = (id: string) => actAs(scene.ownerId, 'CALL', id)
    for (const acts of [
      [seat, cancel],
      [call, call],
      [seat, seat],
      [cancel, cancel],
    ]) {
      const answers = await race(acts)
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
      expect(answers.find(({ ok }) => !ok)).toMatchObject({ reason: 'cannot-move' })
    }
    expect(await findLineContradictions()).toEqual([])
  })

  test('G11, control: with a check before the move, both believe they did it', async () => {
    await setUpUnprotectedLine()
    await takeByCount(randomUUID())
    const moved = await Promise.all([
      moveUnprotected({ number: 1, to: 'SEATED' }),
      moveUnprotected({ number: 1, to: 'CANCELLED' }),
    ])
    expect(moved).toEqual([true, true])
  })

  test('G1, G11: ten parties seated at one table at once: one is seated, the others stay in line', async () => {
    const seating = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const scene = await setUpLine({ restaurantId: seating.restaurantId })
    const tickets = await fillLine(scene, 10)
    const seated = await Promise.all(
      tickets.map(({ id }) => seatAs(scene.ownerId, id, seating.slotIds)),
    )
    expect(seated.filter(({ ok }) => ok)).toHaveLength(1)
    for (const refused of seated.filter(({ ok }) => !ok))
      expect(refused).toMatchObject({ reason: 'table-occupied' })
    expect(await findContradictions()).toEqual([])
    expect(await findLineContradictions()).toEqual([])
  })

  test('G12: when a party comes as its last call runs out, every reader says the same', async () => {
    const scene = await setUpLine()
    const { id } = await joinLine(scene)
    await actAs(scene.ownerId, 'LAST_CALL', id)
    await runOutLastCall(id)
    const answers = await Promise.all([
      seatAs(scene.ownerId, id),
      actAs(scene.ownerId, 'CANCEL', id),
      ...upTo(5).map(() => joinLine(scene)),
    ])
    for (const answer of answers.slice(0, 2))
      expect(answer).toMatchObject({ reason: 'cannot-move', details: { present: 'LAPSED' } })
    expect(await findLineContradictions()).toEqual([])
  })
})
