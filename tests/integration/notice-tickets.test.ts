import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { claimNotices, recordOutcomes } from '@/domain/notification/outbox.commands'
import { useDatabase } from '@/tests/support/database'
import {
  actAs,
  cancelOwn,
  fillLine,
  joinLine,
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
})
