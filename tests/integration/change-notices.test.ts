import { beforeEach, describe, expect, test } from 'vitest'
import { undoAct } from '@/domain/booking/undo.commands'
import { actorOf } from '../support/booking-restaurant'
import { change, setUpPlan, toCell, toTime } from '../support/change-scene'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

async function setUp() {
  const plan = await setUpPlan({ days: 4 })
  const id = await plan.bookCell(plan.cellAt(2, 1, 0), plan.dinerId)
  const listNotices = () =>
    database.query<Record<string, unknown>>(
      `SELECT kind, state::text, dropped_because AS because, payload ->> 'startsAt' AS "startsAt",
              payload -> 'before' ->> 'startsAt' AS "before", (payload ->> 'sequence')::int AS sequence,
              -- To five seconds: a busy machine is long between two statements.
              (extract(epoch FROM due_at - queued_at) / 5)::int * 5 AS waits
         FROM notices WHERE subject_id = $1 AND channel = 'MAIL' ORDER BY queued_at, kind`,
      [id],
    )
  return { ...plan, id, listNotices }
}

describe('G16: what a diner learns of a change', () => {
  test('one notice with the old and the new time, in its transaction; SEQUENCE rises', async () => {
    const { id, dinerId, cellAt, listNotices } = await setUp()
    await change(id, toTime(cellAt(2, 0, 2)), dinerId)
    const changed = (await listNotices()).filter(({ kind }) => kind === 'RESERVATION_CHANGED')
    expect(changed).toEqual([
      {
        kind: 'RESERVATION_CHANGED',
        state: 'QUEUED',
        because: null,
        startsAt: cellAt(2, 0, 2).startsAt,
        before: cellAt(2, 1, 0).startsAt,
        sequence: 1,
        waits: 0,
      },
    ])
  })

  test('the notice of another time and size has both, old and new', async () => {
    const { id, dinerId, cellAt } = await setUp()
    await change(id, { ...toTime(cellAt(2, 0, 2)), partySize: 4 }, dinerId)
    const [told] = await database.query<{ size: number; before: number }>(
      `SELECT (payload ->> 'partySize')::int AS size, (payload -> 'before' ->> 'partySize')::int AS before
         FROM notices WHERE subject_id = $1 AND channel = 'MAIL' AND kind = 'RESERVATION_CHANGED'`,
      [id],
    )
    expect(told).toEqual({ size: 4, before: 2 })
  })

  test('that of staff waits ten seconds; a change of table or size alone tells nothing', async () => {
    const { id, ownerId, cellAt, listNotices } = await setUp()
    await change(id, { tableNumbers: [cellAt(2, 2, 0).tableNumber] }, ownerId)
    await change(id, { partySize: 4 }, ownerId)
    expect((await listNotices()).map(({ kind }) => kind)).not.toContain('RESERVATION_CHANGED')
    await change(id, toCell(cellAt(2, 2, 1)), ownerId)
    expect(
      (await listNotices()).filter(({ kind }) => kind === 'RESERVATION_CHANGED'),
    ).toMatchObject([{ waits: 10, sequence: 3 }])
  })

  test('an end that moves is a changed time', async () => {
    const { id, ownerId, listNotices } = await setUp()
    await change(id, { minutes: 180 }, ownerId)
    const told = (await listNotices()).filter(({ kind }) => kind === 'RESERVATION_CHANGED')
    expect(told).toHaveLength(1)
  })

  test('reminders are of the new time, once; an undo brings the old ones back', async () => {
    const { id, ownerId, cellAt, listNotices } = await setUp()
    const waiting = async () =>
      (await listNotices())
        .filter(({ kind, state }) => String(kind).match(/SOON|TOMORROW/) && state === 'QUEUED')
        .map(({ kind, startsAt }) => [kind, startsAt])
        .toSorted()
    const remindersOf = (startsAt: string) => [
      ['RESERVATION_SOON', startsAt],
      ['RESERVATION_TOMORROW', startsAt],
    ]
    const changed = await change(id, toCell(cellAt(3, 2, 1)), ownerId)
    expect(await waiting()).toEqual(remindersOf(cellAt(3, 2, 1).startsAt))
    if (!changed.ok) throw new Error(changed.reason)
    await undoAct({ actId: changed.value.actId ?? '', actor: actorOf(ownerId) })
    expect(await waiting()).toEqual(remindersOf(cellAt(2, 1, 0).startsAt))
  })
})

describe('G16: several changes by staff within the ten seconds of an undo', () => {
  async function setUpStaff() {
    const plan = await setUp()
    const { id, ownerId, cellAt } = plan
    /** To that table and seating of the date on which the party was first. */
    const move = async (table: number, seating: number, more: object = {}) => {
      const changed = await change(id, { ...toCell(cellAt(2, table, seating)), ...more }, ownerId)
      if (!changed.ok) throw new Error(changed.reason)
      return changed.value.actId ?? ''
    }
    const undo = (actId: string) => undoAct({ actId, actor: actorOf(ownerId) })
    const listWaiting = () =>
      database.query<Record<string, unknown>>(
        `SELECT payload ->> 'startsAt' AS "startsAt", payload -> 'before' ->> 'startsAt' AS before,
                (payload ->> 'partySize')::int AS size, (payload -> 'before' ->> 'partySize')::int AS "sizeBefore",
                payload ? 'mergedInto' AS merged
           FROM notices WHERE subject_id = $1 AND channel = 'MAIL' AND kind = 'RESERVATION_CHANGED' AND state = 'QUEUED'`,
        [id],
      )
    const told = (from: number, to: number, size = 2, sizeBefore = 2) => ({
      startsAt: cellAt(2, 0, to).startsAt,
      before: cellAt(2, 0, from).startsAt,
      size,
      sizeBefore,
      merged: false,
    })
    return { ...plan, move, undo, listWaiting, told }
  }

  test('are one notice, from the first old place to the last new one', async () => {
    const { move, listWaiting, told } = await setUpStaff()
    await move(1, 1)
    await move(2, 2, { partySize: 3 })
    expect(await listWaiting()).toEqual([told(0, 2, 3)])
  })

  test('one of the size alone is told with that of the time which follows', async () => {
    const { id, ownerId, move, listWaiting, told } = await setUpStaff()
    await change(id, { partySize: 3 }, ownerId)
    expect(await listWaiting()).toEqual([])
    await move(1, 1)
    expect(await listWaiting()).toEqual([told(0, 1, 3)])
  })

  test('are none when the last puts it back', async () => {
    const { move, listWaiting } = await setUpStaff()
    await move(1, 1)
    await move(2, 2)
    await move(1, 0)
    expect(await listWaiting()).toEqual([])
  })

  test('undone one after the other they are told as far as they stand', async () => {
    const { move, undo, listWaiting, told } = await setUpStaff()
    const first = await move(1, 1)
    const second = await move(2, 2)
    const back = await move(1, 0)
    expect(await undo(back)).toMatchObject({ ok: true })
    expect(await listWaiting()).toEqual([told(0, 2)])
    expect(await undo(second)).toMatchObject({ ok: true })
    expect(await listWaiting()).toEqual([told(0, 1)])
    expect(await undo(first)).toMatchObject({ ok: true })
    expect(await listWaiting()).toEqual([])
  })

  test('one whose notice is out already is a second notice', async () => {
    const { id, move, listWaiting, told } = await setUpStaff()
    await move(1, 1)
    await database.query(
      `UPDATE notices SET state = 'SENT', sent_at = now() WHERE subject_id = $1 AND kind = 'RESERVATION_CHANGED'`,
      [id],
    )
    await move(2, 2)
    expect(await listWaiting()).toEqual([told(1, 2)])
  })
})
