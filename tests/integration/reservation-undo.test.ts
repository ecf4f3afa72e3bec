import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { undoAct } from '@/domain/booking/undo.commands'
import { findContradictions } from '../support/booking-books'
import { actorOf, book, move, setUpRestaurant, walkIn } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const noticeStates = () =>
  database.query<{ kind: string; state: string }>(
    'SELECT kind, state::text FROM notices ORDER BY queued_at, kind',
  )

describe('undo within ten seconds by the database’s clock', () => {
  test('undoing an owner’s cancellation restores the reservation and drops its mail', async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    const cancelled = await move(id, 'CANCEL', ownerId)
    if (!cancelled.ok) throw new Error(cancelled.reason)
    const [waiting] = await database.query<{ seconds: number }>(
      `SELECT extract(epoch FROM n.due_at - e.at)::float AS seconds FROM notices n JOIN audit_events e ON e.id = n.event_id WHERE n.kind = 'RESERVATION_CANCELLED'`,
    )
    expect(waiting?.seconds).toBe(10)
    expect(await undoAct({ actId: cancelled.value.actId, actor: actorOf(ownerId) })).toMatchObject({
      ok: true,
      value: { status: 'CONFIRMED' },
    })
    expect(await noticeStates()).toEqual([
      { kind: 'RESERVATION_CONFIRMED', state: 'QUEUED' },
      { kind: 'RESERVATION_CANCELLED', state: 'DROPPED' },
    ])
    expect(await findContradictions()).toEqual([])
  })

  test('an undo is refused after ten seconds, twice, by a stranger, for a newer act, and when the slot is gone', async () => {
    const { scene, dinerId, otherId, ownerId } = await setUpRestaurant([{ maxParty: 2 }])
    const { id } = await book(dinerId, scene)
    const seated = await move(id, 'SEAT', ownerId)
    const left = await move(id, 'LEAVE', ownerId)
    if (!seated.ok || !left.ok) throw new Error('not moved')
    const undo = (actId: string, accountId = ownerId) =>
      undoAct({ actId, actor: actorOf(accountId) })
    expect(await undo(seated.value.actId)).toMatchObject({ reason: 'too-late' })
    expect(await undo(left.value.actId, otherId)).toMatchObject({ reason: 'not-found' })
    expect(await undo(randomUUID())).toMatchObject({ reason: 'not-found' })
    expect(await undo(left.value.actId)).toMatchObject({ ok: true, value: { status: 'SEATED' } })
    expect(await undo(left.value.actId)).toMatchObject({ reason: 'too-late' })
    const gone = await move(id, 'CANCEL', ownerId)
    await book(otherId, scene)
    if (!gone.ok) throw new Error(gone.reason)
    expect(await undo(gone.value.actId)).toMatchObject({ reason: 'slot-taken' })
    await database.query(`UPDATE audit_events SET at = at - interval '10 seconds'`)
    expect(await undo(gone.value.actId)).toMatchObject({ reason: 'too-late' })
    expect(await findContradictions()).toEqual([])
  })

  test('an undone walk-in frees its tables', async () => {
    const { scene, ownerId } = await setUpRestaurant()
    const seated = await walkIn(scene, scene.slotIds, ownerId, 5)
    if (!seated.ok) throw new Error(seated.reason)
    expect(await undoAct({ actId: seated.value.actId, actor: actorOf(ownerId) })).toMatchObject({
      ok: true,
      value: { status: 'CANCELLED' },
    })
    expect(await database.query('SELECT 1 FROM slots WHERE taken')).toHaveLength(0)
    expect(await noticeStates()).toEqual([])
  })
})
