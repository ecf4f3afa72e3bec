import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { findTicket, readLine, readWaitEstimate } from '@/domain/line/queries'
import { AHEAD_CLASSES, classifyAhead, expectMinutes, quoteWait } from '@/domain/line/wait.rules'
import { pool } from '@/lib/db/database'
import { createDinerIds } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { addPast, listOrdinaryPast, type PastTicket } from '../support/line-evenings'
import {
  actAs,
  fillLine,
  joinLine,
  runOutLastCall,
  seatAs,
  setUpLine,
  takeAs,
  undoAs,
} from '../support/line-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())
afterEach(() => vi.restoreAllMocks())

const readTold = () =>
  database.query(
    `SELECT number, quote_ahead AS ahead, quote_basis_minutes AS basis, quote_from_minutes AS low,
            quote_to_minutes AS high FROM tickets WHERE service_date = (SELECT max(service_date) FROM lines)
      ORDER BY number`,
  )

describe('what parties are told about the wait', () => {
  test('without history no figure; the estimate is kept, to learn from', async () => {
    const scene = await setUpLine()
    const first = await joinLine(scene)
    const second = await joinLine(scene, { dining: 'TAKEOUT' })
    const third = await joinLine(scene)
    expect([first.quote, second.quote, third.quote]).toEqual([null, null, null])
    expect(await readTold()).toEqual([
      { number: 1, ahead: 0, basis: 5, low: null, high: null },
      { number: 2, ahead: null, basis: null, low: null, high: null },
      { number: 3, ahead: 1, basis: 10, low: null, high: null },
    ])
    const { data } = await readLine(scene.restaurantId)
    expect(data).toMatchObject({ quote: null, record: null })
    expect(data?.quotes.map(({ quote }) => quote)).toEqual([null, null, null])
  })

  test('with history a range by place and party: in the answer, on the ticket, in the line, in the notice', async () => {
    const scene = await setUpLine()
    await addPast(scene.restaurantId, listOrdinaryPast())
    const { data: before } = await readLine(scene.restaurantId)
    const estimate = await readWaitEstimate({ restaurantId: scene.restaurantId, partySize: 2 })
    if (!estimate) throw new Error('expected an estimate')
    const tickets = await fillLine(scene, 3)
    expect(tickets.map(({ quote }) => quote)).toEqual(
      [0, 1, 2].map((ahead) => quoteWait({ estimate, ahead })),
    )
    expect(before?.quote).toEqual(tickets[0]?.quote)
    expect(before?.quotes.map(({ maxParty }) => maxParty)).toEqual([2, 4, null])
    const [first, , third] = tickets
    if (!first?.quote || !third?.quote) throw new Error('expected ranges')
    expect(first.quote.fromMinutes).toBeLessThan(first.quote.toMinutes)
    expect(third.quote.toMinutes).toBeGreaterThan(first.quote.toMinutes)
    const view = await findTicket({ ticketId: first.id, accountId: first.dinerId })
    expect(view?.quote).toEqual(first.quote)
    const again = await takeAs(first.dinerId, scene)
    expect(again).toMatchObject({ value: { isNew: false, ticket: { quote: first.quote } } })
    const [notice] = await database.query<{ quote: unknown }>(
      `SELECT payload -> 'quote' AS quote FROM notices WHERE subject_id = $1`,
      [first.id],
    )
    expect(notice?.quote).toEqual(first.quote)
  })

  test('parties already called and takeout parties do not count', async () => {
    const scene = await setUpLine()
    const [first] = await fillLine(scene, 2)
    await joinLine(scene, { dining: 'TAKEOUT' })
    await actAs(scene.ownerId, 'CALL', String(first?.id))
    await joinLine(scene)
    expect((await readTold()).at(-1)).toMatchObject({ number: 4, ahead: 1 })
  })

  test('when people watch the line, taking a ticket reads nothing more for the estimate', async () => {
    const scene = await setUpLine()
    await addPast(scene.restaurantId, listOrdinaryPast())
    await readLine(scene.restaurantId)
    const [diner = ''] = await createDinerIds(1)
    const queries = vi.spyOn(pool, 'query')
    const acquired = vi.fn()
    pool.on('acquire', acquired)
    expect(await takeAs(diner, scene)).toMatchObject({ value: { isNew: true } })
    pool.off('acquire', acquired)
    expect([queries.mock.calls.length, acquired.mock.calls.length]).toEqual([0, 1])
  })

  test('the estimate made under the line’s lock equals the rule’s', async () => {
    const share = fc.record({
      low: fc.double({ min: 0, max: 2, noNaN: true }),
      more: fc.double({ min: 0, max: 3, noNaN: true }),
    })
    const asked = fc.record({
      minutesPerParty: fc.double({ min: 0.1, max: 30, noNaN: true }),
      share: fc.option(share),
      ahead: fc.integer({ min: 0, max: 3_000 }),
    })
    const cases = fc.sample(asked, { numRuns: 500, seed: 7 }).map((one) => {
      const { low = 0, more = 0 } = one.share ?? {}
      const shares = Array.from({ length: AHEAD_CLASSES }, (_, ofAhead) =>
        one.share && ofAhead === classifyAhead(one.ahead) ? { low, high: low + more } : null,
      )
      return { ahead: one.ahead, estimate: { minutesPerParty: one.minutesPerParty, shares } }
    })
    const told = await database.query<{ basis: number; low: number | null; high: number | null }>(
      `SELECT basis_minutes AS basis, from_minutes AS low, to_minutes AS high
         FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS asked (one, ordinal),
              quote_wait(one -> 'estimate', (one ->> 'ahead')::integer) ORDER BY ordinal`,
      [JSON.stringify(cases)],
    )
    const ruled = cases.map((one) => {
      const quote = quoteWait(one)
      const basis = expectMinutes(one)
      return { basis, low: quote?.fromMinutes ?? null, high: quote?.toMinutes ?? null }
    })
    expect(told).toEqual(ruled)
    expect(ruled.filter(({ high }) => high !== null).length).toBeGreaterThan(100)
  })
})

describe('how long parties really waited', () => {
  const readWait = async (id: string) => {
    const [row] = await database.query<{ called: boolean; isFirst: boolean | null }>(
      `SELECT first_called_at IS NOT NULL AS called, first_called_at = called_at AS "isFirst"
         FROM tickets WHERE id = $1`,
      [id],
    )
    return row
  }

  test('the wait ends with the first call, whatever follows, unless that call is undone', async () => {
    const scene = await setUpLine()
    const { id } = await joinLine(scene)
    const call = await actAs(scene.ownerId, 'CALL', id)
    if (!call.ok) throw new Error(call.reason)
    await undoAs(scene.ownerId, call.value.actId)
    expect(await readWait(id)).toEqual({ called: false, isFirst: null })
    await actAs(scene.ownerId, 'CALL', id)
    const last = await actAs(scene.ownerId, 'LAST_CALL', id)
    if (!last.ok) throw new Error(last.reason)
    expect(await readWait(id)).toEqual({ called: true, isFirst: true })
    await undoAs(scene.ownerId, last.value.actId)
    expect(await readWait(id)).toEqual({ called: true, isFirst: true })
    await actAs(scene.ownerId, 'LAST_CALL', id)
    await runOutLastCall(id)
    await actAs(scene.ownerId, 'PUT_BACK', id)
    expect(await readWait(id)).toEqual({ called: true, isFirst: null })
  })

  test('being seated without a call ends it too, and after an undo the wait goes on', async () => {
    const scene = await setUpLine()
    const { id } = await joinLine(scene)
    const seated = await seatAs(scene.ownerId, id)
    if (!seated.ok) throw new Error(seated.reason)
    expect(await readWait(id)).toMatchObject({ called: true })
    await undoAs(scene.ownerId, seated.value.actId)
    expect(await readWait(id)).toMatchObject({ called: false })
  })

  test('staff see how many ranges of the last 30 days held; parties that left too early to tell don’t count', async () => {
    const scene = await setUpLine()
    const quote: PastTicket['quote'] = [10, 20]
    await addPast(scene.restaurantId, [
      { daysAgo: 1, calledAfter: 10, quote },
      { daysAgo: 1, calledAfter: 20, quote },
      { daysAgo: 29, calledAfter: 15, quote },
      // Called sooner than the range said, later, and left when it was already later.
      { daysAgo: 2, calledAfter: 9, quote },
      { daysAgo: 2, calledAfter: 21, quote },
      { daysAgo: 2, calledAfter: null, endedAfter: 25, cancelledBy: 'DINER', quote },
      // Not counted: the outcome is unknown, no range was given, or the party chose to wait.
      { daysAgo: 3, calledAfter: null, endedAfter: 19, cancelledBy: 'DINER', quote },
      { daysAgo: 3, calledAfter: null, endedAfter: 300, cancelledBy: 'SERVICE', quote },
      { daysAgo: 3, calledAfter: 15, quote: null },
      { daysAgo: 3, calledAfter: 90, quote, postponedBehind: 2 },
      { daysAgo: 30, calledAfter: 90, quote },
    ])
    const { data } = await readLine(scene.restaurantId)
    expect(data?.record).toEqual({ told: 6, held: 3 })
    expect(data?.quote).toBeNull()
  })
})
