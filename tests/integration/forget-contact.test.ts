import { beforeEach, describe, expect, test } from 'vitest'
import { readPrivacyFigures } from '@/domain/admin/retention.queries'
import { retention } from '@/domain/admin/retention.rules'
import { forgetContact } from '@/domain/line/forget.commands'
import { moveTicket } from '@/domain/line/move.commands'
import { findTicket } from '@/domain/line/queries'
import { undoTicketAct } from '@/domain/line/undo.commands'
import { claimNotices, recordOutcomes } from '@/domain/notification/outbox.commands'
import { useDatabase } from '../support/database'
import { setUpDoor, takeAtDoor } from '../support/door-scene'
import { findInDump, spellPhone } from '../support/dump'
import {
  actAs,
  askerOf,
  findLineContradictions,
  joinLine,
  seatAs,
  undoAs,
} from '../support/line-scene'
import { makeAllDue } from '../support/notices'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const guest = { phone: '+821055512345', email: 'guest-kim@mailbox.test' }
const find = () => findInDump(database, [...spellPhone(guest.phone), 'guest-kim'])
const byLink = askerOf(null)
const forget = (ticketId: string, key: string | null = null) =>
  forgetContact({ ticketId, asker: byLink, key })
const look = (ticketId: string) => findTicket({ ticketId, accountId: null })
const readTotals = () => database.query('SELECT what, total FROM forgotten_counts')

async function setUp() {
  const door = await setUpDoor()
  const { id } = await takeAtDoor(door, guest)
  return { door, id }
}

describe('a guest who has their contact forgotten by the link of their ticket', () => {
  test('gives up the place while they wait, in the line’s order, and is nowhere in a dump', async () => {
    const { door, id } = await setUp()
    const next = await takeAtDoor(door)
    expect(await find(), 'control').toEqual(
      expect.arrayContaining([
        'notices.recipient',
        'tickets.contact_email',
        'tickets.contact_phone',
      ]),
    )
    expect(await look(id)).toMatchObject({ place: 1, hasContact: true, contactForgottenAt: null })
    expect(await forget(id)).toEqual({ ok: true, value: { id, number: 1, status: 'CANCELLED' } })
    expect(await find()).toEqual([])
    expect(await look(id)).toMatchObject({
      ...{ status: 'CANCELLED', cancelledBy: 'DINER', place: null, hasContact: false },
      contactForgottenAt: expect.any(String),
    })
    expect(await look(next.id)).toMatchObject({ place: 1 })
    expect(await findLineContradictions()).toEqual([])
    await makeAllDue(database)
    const claimed = await claimNotices({
      limit: 9,
      leaseToken: crypto.randomUUID(),
      leaseMs: 9_000,
    })
    expect(claimed.notices, 'nothing more is sent').toEqual([])
  })

  test('keeps the table once they sit, and staff can still put right whom they seated', async () => {
    const { door, id } = await setUp()
    const seated = await seatAs(door.ownerId, id)
    expect(await forget(id)).toEqual({ ok: true, value: { id, number: 1, status: 'SEATED' } })
    expect(await find()).toEqual([])
    expect(await undoAs(door.ownerId, seated.ok ? seated.value.actId : '')).toMatchObject({
      ok: true,
      value: { status: 'WAITING' },
    })
  })

  test('can’t come back into the line by undoing: not what this took, nor a cancellation before it', async () => {
    const { door, id } = await setUp()
    const left = await moveTicket({ ticketId: id, act: 'CANCEL', asker: byLink, scope: 'diner' })
    if (!left.ok) throw new Error(left.reason)
    expect(await forget(id)).toMatchObject({ ok: true })
    const undo = (actId: string) => undoTicketAct({ actId, asker: byLink, ticketId: id })
    expect(await undo(left.value.actId)).toMatchObject({ reason: 'too-late' })
    const other = await takeAtDoor(door, guest)
    await forget(other.id)
    const [act] = await database.query<{ id: string }>(
      `SELECT id FROM audit_events WHERE subject_id = $1 AND act = 'CANCEL'`,
      [other.id],
    )
    expect(
      await undoTicketAct({ actId: act?.id ?? '', asker: byLink, ticketId: other.id }),
    ).toMatchObject({ reason: 'too-late' })
    expect(await look(other.id)).toMatchObject({ status: 'CANCELLED' })
  })

  test('may ask twice, or several times at once: the contact is forgotten and counted once', async () => {
    const { id } = await setUp()
    const answers = await Promise.all(Array.from({ length: 5 }, () => forget(id)))
    for (const answer of [
      ...answers,
      await forget(id),
      await forget(id, 'key'),
      await forget(id, 'key'),
    ])
      expect(answer).toEqual({ ok: true, value: { id, number: 1, status: 'CANCELLED' } })
    expect(await readTotals()).toEqual([{ what: 'guest-contacts', total: '2' }])
    expect(
      await database.query(
        `SELECT act, details FROM audit_events
          WHERE subject_id = $1 AND act IN ('CANCEL', 'FORGET_CONTACT')`,
        [id],
      ),
    ).toEqual([{ act: 'CANCEL', details: { because: 'FORGET_CONTACT' } }])
  })

  test('while staff call, seat or take them out at the same moment: one order, and no contact left', async () => {
    const door = await setUpDoor()
    for (const act of ['CALL', 'CANCEL', 'SEAT'] as const) {
      const { id } = await takeAtDoor(door, guest)
      const staff = act === 'SEAT' ? seatAs(door.ownerId, id) : actAs(door.ownerId, act, id)
      const [forgotten] = await Promise.all([forget(id), staff])
      expect(forgotten).toMatchObject({ ok: true })
      expect((await look(id))?.status).toBe(forgotten.ok ? forgotten.value.status : '')
    }
    expect(await findLineContradictions()).toEqual([])
    expect(await find()).toEqual([])
  })

  test('is not written down again by a worker whose mail is on its way', async () => {
    const { id } = await setUp()
    const leaseToken = crypto.randomUUID()
    const { notices } = await claimNotices({ limit: 9, leaseToken, leaseMs: 60_000 })
    expect(notices.map(({ recipient }) => recipient)).toEqual([guest.email])
    await forget(id)
    await recordOutcomes({
      leaseToken,
      outcomes: notices.map((each) => ({
        id: each.id,
        outcome: 'dead',
        error: `no ${guest.email}`,
      })),
    })
    expect(await find()).toEqual([])
  })

  test('strangers can’t: not an account, not with the id of an account’s ticket, not with no ticket’s', async () => {
    const { door, id } = await setUp()
    const own = await joinLine(door)
    const before = await database.query('SELECT * FROM tickets ORDER BY number')
    for (const asked of [
      forgetContact({ ticketId: id, asker: askerOf(door.ownerId) }),
      forgetContact({ ticketId: own.id, asker: askerOf(own.dinerId) }),
      forget(own.id),
      forget(crypto.randomUUID()),
    ])
      expect(await asked).toMatchObject({ reason: 'not-found' })
    expect(await database.query('SELECT * FROM tickets ORDER BY number')).toEqual(before)
    expect(await readTotals()).toEqual([])
  })

  test('is in the public count, without saying whose or where', async () => {
    const { id } = await setUp()
    await forget(id)
    const { data } = await readPrivacyFigures()
    expect(data).toEqual({ contactsForgotten: 2, kept: retention, asOf: expect.any(String) })
  })
})
