import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { claimNotices, recordOutcomes } from '@/domain/notification/outbox.commands'
import { useDatabase } from '@/tests/support/database'
import {
  actAs,
  cancelOwn,
  fillLine,
  joinLine,
  postponeOwn,
  runOutLastCall,
  seatAs,
  setUpLine,
  undoAs,
} from '@/tests/support/line-scene'
import { makeAllDue } from '@/tests/support/notices'

const database = useDatabase()
beforeEach(() => database.truncateAll())

async function claim() {
  const leaseToken = randomUUID()
  const { notices } = await claimNotices({ limit: 20, leaseToken, leaseMs: 60_000 })
  return { leaseToken, notices, kinds: notices.map(({ kind }) => kind) }
}

/** As if the ten seconds in which staff can undo were over. */
async function settle() {
  await database.query(`UPDATE audit_events SET at = at - interval '11 seconds'`)
  await makeAllDue(database)
}

const listDropped = () =>
  database.query<{ kind: string; because: string }>(
    `SELECT kind, dropped_because AS because FROM notices WHERE state = 'DROPPED' ORDER BY ordinal`,
  )

async function setUp() {
  const line = await setUpLine()
  const ticket = await joinLine(line)
  const act = async (name: 'CALL' | 'LAST_CALL' | 'CANCEL' | 'PUT_BACK') =>
    expect(await actAs(line.ownerId, name, ticket.id)).toMatchObject({ ok: true })
  return { line, ticket, act }
}

describe('a ticket’s notice that no longer holds is dropped', () => {
  it('“taken”, once the party is called', async () => {
    const { act } = await setUp()
    await act('CALL')
    await settle()
    expect((await claim()).kinds).toEqual(['TICKET_CALLED'])
    expect(await listDropped()).toEqual([{ kind: 'TICKET_TAKEN', because: 'called' }])
  })

  it('“called”, once the party is called for the last time', async () => {
    const { act } = await setUp()
    await act('CALL')
    await act('LAST_CALL')
    await settle()
    const kinds = [...(await claim()).kinds, ...(await claim()).kinds]
    expect(kinds).toEqual(['TICKET_LAST_CALLED'])
    expect(await listDropped()).toContainEqual({ kind: 'TICKET_CALLED', because: 'last_called' })
  })

  it('“called”, once the party is seated', async () => {
    const { act, line, ticket } = await setUp()
    await act('CALL')
    expect(await seatAs(line.ownerId, ticket.id)).toMatchObject({ ok: true })
    await settle()
    expect((await claim()).kinds).toEqual([])
    expect(await listDropped()).toContainEqual({ kind: 'TICKET_CALLED', because: 'seated' })
  })

  it('“last call”, once that has run out, though no row says so yet', async () => {
    const { act, ticket } = await setUp()
    await act('LAST_CALL')
    await settle()
    await runOutLastCall(ticket.id)
    expect((await claim()).kinds).toEqual([])
    expect(await listDropped()).toContainEqual({ kind: 'TICKET_LAST_CALLED', because: 'lapsed' })
  })

  it('only after staff can no longer undo the act that overtook it', async () => {
    const { act } = await setUp()
    await act('CANCEL')
    await makeAllDue(database)
    expect((await claim()).kinds).toEqual([])
    expect(await listDropped()).toEqual([])
    await settle()
    expect([...(await claim()).kinds, ...(await claim()).kinds]).toEqual(['TICKET_CANCELLED'])
    expect(await listDropped()).toEqual([{ kind: 'TICKET_TAKEN', because: 'cancelled' }])
  })
})

describe('a call', () => {
  it('G17: waits while the party can still undo its own cancellation, and is sent then', async () => {
    const { act, ticket } = await setUp()
    await act('CALL')
    await settle()
    const cancelled = await cancelOwn(ticket)
    if (!cancelled.ok) throw new Error(cancelled.reason)
    await makeAllDue(database)
    expect((await claim()).kinds).not.toContain('TICKET_CALLED')
    expect(await undoAs(ticket.dinerId, cancelled.value.actId)).toMatchObject({ ok: true })
    await settle()
    expect((await claim()).kinds).toEqual(['TICKET_CALLED'])
  })

  it('does not wait for an earlier notice that backs off, which is dropped', async () => {
    const { act } = await setUp()
    const { leaseToken, notices } = await claim()
    const later = { outcome: 'retry', error: '421', backOffMs: 300_000 } as const
    await recordOutcomes({ leaseToken, outcomes: notices.map(({ id }) => ({ id, ...later })) })
    await act('CALL')
    await database.query(
      `UPDATE notices SET due_at = now() - interval '1 ms' WHERE kind = 'TICKET_CALLED'`,
    )
    expect((await claim()).kinds).toEqual(['TICKET_CALLED'])
    await settle()
    expect((await claim()).kinds).toEqual([])
    expect(await listDropped()).toEqual([{ kind: 'TICKET_TAKEN', because: 'called' }])
  })

  it('waits for a notice that is being sent right now', async () => {
    const { act } = await setUp()
    await claim()
    await act('CALL')
    await settle()
    expect((await claim()).kinds).toEqual([])
  })
})

describe('the notice of being third', () => {
  const listThird = () =>
    database.query<{ number: number; state: string }>(
      `SELECT t.number, n.state::text AS state FROM notices n JOIN tickets t ON t.id = n.subject_id
        WHERE n.kind = 'TICKET_THIRD' ORDER BY n.ordinal`,
    )

  it('goes to the party that is third, even when an older act is undone: to no other, and none is missed', async () => {
    const line = await setUpLine()
    const [first, second] = await fillLine(line, 5)
    const acts: string[] = []
    for (const gone of [first, second]) {
      const moved = await actAs(line.ownerId, 'CANCEL', String(gone?.id))
      if (!moved.ok) throw new Error(moved.reason)
      acts.push(moved.value.actId)
    }
    expect(await undoAs(line.ownerId, acts[0] ?? '')).toMatchObject({ ok: true })
    // 1, 3, 4 and 5 are left: the fourth ticket is third.
    expect(await listThird()).toEqual([
      { number: 4, state: 'DROPPED' },
      { number: 5, state: 'DROPPED' },
      { number: 4, state: 'QUEUED' },
    ])
  })

  /** The tickets that have been told they are third, and what became of the notice. */
  const listTold = async () => (await listThird()).map(({ number, state }) => `${number} ${state}`)
  async function setUpFilled(count: number) {
    const line = await setUpLine()
    const tickets = await fillLine(line, count)
    // That they have a ticket is known; nothing holds up what comes after.
    await database.query('DELETE FROM notices')
    const leave = async (number: number, act: 'CANCEL' | 'LAST_CALL' = 'CANCEL') =>
      expect(await actAs(line.ownerId, act, tickets[number - 1]?.id ?? '')).toMatchObject({
        ok: true,
      })
    const pass = async (number: number, behindNumber: number) => {
      const ticket = tickets[number - 1]
      if (!ticket) throw new Error(`No ticket ${number}.`)
      expect(await postponeOwn(ticket, behindNumber)).toMatchObject({ ok: true })
    }
    return { line, tickets, leave, pass }
  }

  it('goes to no one when a party behind the third leaves', async () => {
    const { leave } = await setUpFilled(5)
    await leave(4)
    await leave(5)
    expect(await listTold()).toEqual([])
  })

  it('goes to no one when the third itself leaves and leaves no one behind', async () => {
    const { leave } = await setUpFilled(3)
    await leave(3)
    expect(await listTold()).toEqual([])
  })

  it('does not go to a party that joined as third', async () => {
    const { line, leave } = await setUpFilled(2)
    await joinLine(line)
    const fourth = await joinLine(line)
    expect(await actAs(line.ownerId, 'CANCEL', fourth.id)).toMatchObject({ ok: true })
    expect(await listTold()).toEqual([])
    await leave(1)
    expect(await listTold()).toEqual([])
  })

  it('goes to the fourth when one of the three ahead leaves, whichever', async () => {
    for (const gone of [1, 2, 3]) {
      await database.truncateAll()
      const { leave } = await setUpFilled(4)
      await leave(gone)
      expect(await listTold()).toEqual(['4 QUEUED'])
    }
  })

  it('does not go to a party that let others pass and is third by that', async () => {
    const { pass } = await setUpFilled(4)
    await pass(1, 3)
    expect(await listTold()).toEqual([])
    // 2, 3, 1, 4: the second passes behind the first, which was third and is third no longer.
  })

  it('goes to the party that another let pass', async () => {
    const { pass } = await setUpFilled(4)
    await pass(1, 4)
    expect(await listTold()).toEqual(['4 QUEUED'])
  })

  it('is dropped for a party that has let others pass since, which gets it when it is third again', async () => {
    const { leave, pass } = await setUpFilled(6)
    await leave(1)
    await pass(4, 6)
    await settle()
    await claim()
    expect(await listDropped()).toContainEqual({ kind: 'TICKET_THIRD', because: 'not_third' })
    // 2, 3, 5, 6, 4: the fifth took its place, and was told at once.
    expect(await listTold()).toEqual(['4 DROPPED', '5 QUEUED'])
    await leave(2)
    await leave(3)
    expect(await listTold()).toEqual(['4 DROPPED', '5 QUEUED', '6 QUEUED', '4 QUEUED'])
  })

  it('goes once to a party that was told, let others pass and comes back to third', async () => {
    const { leave, pass } = await setUpFilled(6)
    await leave(1)
    await settle()
    await claim()
    await pass(4, 5)
    await leave(2)
    expect((await listTold()).filter((told) => told.startsWith('4'))).toHaveLength(1)
  })

  it('goes to the one who is third after two last calls ran out at once, and says nothing to the second', async () => {
    const { line, tickets, leave } = await setUpFilled(6)
    for (const number of [1, 2]) await leave(number, 'LAST_CALL')
    for (const number of [1, 2]) await runOutLastCall(tickets[number - 1]?.id ?? '')
    expect(await listTold()).toEqual([])
    await actAs(line.ownerId, 'CALL', tickets[5]?.id ?? '')
    // 3, 4, 5, 6 are left.
    expect(await listTold()).toEqual(['5 QUEUED'])
  })

  it('says how many are ahead when it goes out', async () => {
    const { leave } = await setUpFilled(5)
    await leave(1)
    await leave(2)
    await settle()
    const third = (await claim()).notices.filter(({ kind }) => kind === 'TICKET_THIRD')
    expect(third.map(({ payload }) => payload)).toMatchObject([
      { number: 4, place: 2 },
      { number: 5, place: 3 },
    ])
  })

  it('two at once: of parties that leave together, each that becomes third is told once', async () => {
    const { line, tickets } = await setUpFilled(8)
    await Promise.all(
      [1, 2, 3].map((number) => actAs(line.ownerId, 'CANCEL', tickets[number - 1]?.id ?? '')),
    )
    // 4 to 8 are left; whatever the order of the three acts, the third is the sixth ticket.
    const told = await listTold()
    expect(new Set(told).size).toBe(told.length)
    expect(told.at(-1)).toBe('6 QUEUED')
    expect(told).toHaveLength(3)
  })
})
