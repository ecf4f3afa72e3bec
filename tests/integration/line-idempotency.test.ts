import { beforeEach, describe, expect, test } from 'vitest'
import { forgetOverdue } from '@/domain/admin/retention.commands'
import { moveTicket } from '@/domain/line/move.commands'
import { postponeTicket } from '@/domain/line/postpone.commands'
import { undoTicketAct } from '@/domain/line/undo.commands'
import { useDatabase } from '../support/database'
import { setUpDoor, takeAtDoor } from '../support/door-scene'
import { askerOf, findLineContradictions } from '../support/line-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

/** Parties without an account; each holds only the link to its ticket. */
async function fillAtDoor(count: number) {
  const door = await setUpDoor()
  const tickets: string[] = []
  while (tickets.length < count) tickets.push((await takeAtDoor(door)).id)
  return tickets
}

const guest = askerOf(null)
const postpone = (ticketId: string, behindNumber: number, key: string) =>
  postponeTicket({ ticketId, behindNumber, asker: guest, key })
const cancel = (ticketId: string, key: string) =>
  moveTicket({ ticketId, act: 'CANCEL', asker: guest, scope: 'diner', key })

describe('G4: the holder of a ticket’s link who asks again after a lost answer', () => {
  test('gets the first answer to each act, and causes nothing new', async () => {
    const [ticket = ''] = await fillAtDoor(4)
    const postponed = await postpone(ticket, 2, 'first')
    expect(postponed).toMatchObject({ ok: true, value: { status: 'POSTPONED' } })
    expect(await postpone(ticket, 2, 'first')).toEqual(postponed)
    const cancelled = await cancel(ticket, 'second')
    expect(cancelled).toMatchObject({ ok: true, value: { status: 'CANCELLED' } })
    expect(await cancel(ticket, 'second')).toEqual(cancelled)
    const undone = { actId: cancelled.ok ? cancelled.value.actId : '', asker: guest, key: 'third' }
    const taken = await undoTicketAct({ ...undone, ticketId: ticket })
    expect(taken).toMatchObject({ ok: true, value: { status: 'POSTPONED' } })
    expect(await undoTicketAct({ ...undone, ticketId: ticket })).toEqual(taken)
    expect(
      await database.query('SELECT postponements, status FROM tickets WHERE id = $1', [ticket]),
    ).toEqual([{ postponements: 1, status: 'POSTPONED' }])
    expect(await findLineContradictions()).toEqual([])
  })

  test('is told when the key was for something else; another ticket’s keys are its own', async () => {
    const [first = '', second = ''] = await fillAtDoor(4)
    expect(await postpone(first, 2, 'key')).toMatchObject({ ok: true })
    expect(await postpone(first, 3, 'key')).toMatchObject({ reason: 'key-reused' })
    expect(await cancel(first, 'key')).toMatchObject({ reason: 'key-reused' })
    expect(await postpone(second, 3, 'key')).toMatchObject({ ok: true })
  })

  test('is judged anew after a refusal, and many requests at once cause one act', async () => {
    const [ticket = ''] = await fillAtDoor(4)
    expect(await postpone(ticket, 9, 'key')).toMatchObject({ ok: false })
    const all = await Promise.all(Array.from({ length: 6 }, () => postpone(ticket, 2, 'key')))
    for (const each of all.filter(({ ok }) => !ok))
      expect(each).toMatchObject({ reason: 'in-progress' })
    expect(all.filter(({ ok }) => ok).length).toBeGreaterThan(0)
    expect(
      await database.query('SELECT postponements FROM tickets WHERE id = $1', [ticket]),
    ).toEqual([{ postponements: 1 }])
  })

  test('has the key forgotten after two days', async () => {
    const [ticket = ''] = await fillAtDoor(2)
    await postpone(ticket, 2, 'key')
    await forgetOverdue('idempotency-keys')
    expect(await database.query('SELECT key FROM idempotency_keys')).toEqual([{ key: 'key' }])
    await database.query(`UPDATE idempotency_keys SET created_at = now() - interval '49 hours'`)
    await forgetOverdue('idempotency-keys')
    expect(await database.query('SELECT key FROM idempotency_keys')).toEqual([])
  })
})
