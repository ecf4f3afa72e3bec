import { beforeEach, describe, expect, test, vi } from 'vitest'
import { cancelByLink } from '@/domain/booking/cancel-link.commands'
import { sayLateByLink } from '@/domain/booking/lateness.commands'
import { findLinkedReservation } from '@/domain/booking/queries'
import { signLink, signMailboxLink } from '@/lib/crypto/link-token'
import { findContradictions } from '../support/booking-books'
import { beginReservation, book, move, setUpRestaurant } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'
import { cancelWithoutLock } from '../support/unprotected-links'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const readAddressOf = async (id: string) =>
  (
    await database.query<{ email: string }>(
      'SELECT a.email FROM reservations v JOIN accounts a ON a.id = v.diner_id WHERE v.id = $1',
      [id],
    )
  )[0]?.email ?? ''
/** A link as it was mailed, to the diner's address unless another is given. */
const linkTo = async (id: string, mailbox?: string) =>
  signMailboxLink({ kind: 'cancel', id, mailbox: mailbox ?? (await readAddressOf(id)) })
const find = (token: string) => findLinkedReservation({ kind: 'cancel', token })
const cancel = (token: string) => cancelByLink({ token, address: null })

describe('a mailed link that gives a table back', () => {
  test('frees the table in the diner’s name and mails the diner', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    expect(await cancel(await linkTo(id))).toMatchObject({
      ok: true,
      value: { status: 'CANCELLED' },
    })
    expect(await findContradictions()).toEqual([])
    expect(
      await database.query(
        `SELECT actor_id, actor_role FROM audit_events WHERE act = 'CANCEL' AND subject_id = $1`,
        [id],
      ),
    ).toEqual([{ actor_id: dinerId, actor_role: 'DINER' }])
    expect(
      await database.query(
        `SELECT payload ->> 'cancelledBy' AS by FROM notices WHERE kind = 'RESERVATION_CANCELLED'`,
      ),
    ).toEqual([{ by: 'DINER' }])
  })

  test('changes nothing when only opened: mail scanners follow every link', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    expect(await find(await linkTo(id))).toMatchObject({ state: 'OPEN', dinerId })
    expect(await database.query('SELECT status FROM reservations')).toEqual([
      { status: 'CONFIRMED' },
    ])
  })

  test('is refused the second time, with the reservation’s status', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    const link = await linkTo(id)
    const answers = await Promise.all([cancel(link), cancel(link)])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      reason: 'cannot-move',
      details: { present: 'CANCELLED' },
    })
    expect(await find(await linkTo(id))).toMatchObject({ state: 'CANCELLED' })
  })

  test('stops working when the time has come, and when the party is seated', async () => {
    const { scene, dinerId, otherId, ownerId } = await setUpRestaurant()
    const begun = await book(dinerId, scene)
    const seated = await book(otherId, scene)
    await move(seated.id, 'SEAT', ownerId)
    await beginReservation(begun.id)
    for (const { id } of [begun, seated])
      expect(await cancel(await linkTo(id))).toMatchObject({ reason: 'cancel-link-over' })
  })

  test('G19: is unknown if we did not seal it, or for another purpose', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    const link = await linkTo(id)
    const turn = (at: number) =>
      `${link.slice(0, at)}${link[at] === 'A' ? 'B' : 'A'}${link.slice(at + 1)}`
    // One letter of the id, of the mailbox' mark, of the seal.
    const forged = [turn(3), turn(25), turn(40)]
    const tokens = [id, ...forged, `${link}A`, '', signLink({ kind: 'invitation', id })]
    for (const token of [...tokens, await linkTo('00000000-0000-4000-8000-000000000000')])
      expect(await cancel(token)).toMatchObject({ reason: 'link-unknown' })
    expect(await database.query('SELECT status FROM reservations')).toEqual([
      { status: 'CONFIRMED' },
    ])
  })

  test('stops working when its diner takes another address, says so, and works again with the old one', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    const [before, after] = [await readAddressOf(id), 'new@bobjool.test']
    const link = await linkTo(id)
    const move = (email: string) =>
      database.query('UPDATE accounts SET email = $1 WHERE id = $2', [email, dinerId])
    await move(after)
    expect(await find(link)).toMatchObject({ state: 'MOVED' })
    expect(await cancel(link)).toMatchObject({ ok: false, reason: 'cancel-link-moved' })
    expect(await find(await linkTo(id, after))).toMatchObject({ state: 'OPEN' })
    await move(before)
    expect(await cancel(link)).toMatchObject({ ok: true })
    // Nor does the old mailbox learn what became of the reservation.
    await move(after)
    expect(await find(link)).toMatchObject({ state: 'MOVED' })
  })
})

describe('G17: a cancel link at the instant at which its diner takes another address', () => {
  const NEW = 'moved@bobjool.test'

  async function setUp() {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    return { id, dinerId, link: await linkTo(id) }
  }
  const readStatus = async (id: string) =>
    (
      await database.query<{ status: string }>('SELECT status FROM reservations WHERE id = $1', [
        id,
      ])
    )[0]?.status

  /** Presses the link while the change of address has yet to end. */
  async function pressDuringChange(
    end: 'COMMIT' | 'ROLLBACK',
    press: (token: string) => Promise<{ ok: boolean }> = cancel,
  ) {
    const { id, dinerId, link } = await setUp()
    const client = await database.pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('UPDATE accounts SET email = $1 WHERE id = $2', [NEW, dinerId])
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      let isDone = false
      const pressing = press(link).finally(() => {
        isDone = true
      })
      await vi.waitFor(async () => {
        const waiting = await database.query(
          'SELECT FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))',
          [rows[0]?.pid],
        )
        if (!isDone && waiting.length === 0) throw new Error('it neither waits nor is done')
      })
      await client.query(end)
      return { pressed: await pressing, status: await readStatus(id) }
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  }

  test('waits for the change, and the former mailbox cancels nothing', async () => {
    const { pressed, status } = await pressDuringChange('COMMIT')
    expect(pressed).toMatchObject({ ok: false, reason: 'cancel-link-moved' })
    expect(status).toBe('CONFIRMED')
  })

  test('cancels when the change was taken back', async () => {
    const { pressed, status } = await pressDuringChange('ROLLBACK')
    expect(pressed).toMatchObject({ ok: true })
    expect(status).toBe('CANCELLED')
  })

  const sayLate = (token: string) => sayLateByLink({ token, minutes: 15, address: null })

  test('says no lateness for the former mailbox either', async () => {
    const { pressed } = await pressDuringChange('COMMIT', sayLate)
    expect(pressed).toMatchObject({ ok: false, reason: 'cancel-link-moved' })
    expect(await database.query('SELECT FROM reservations WHERE late_minutes > 0')).toEqual([])
  })

  test('says it when the change was taken back', async () => {
    expect((await pressDuringChange('ROLLBACK', sayLate)).pressed).toMatchObject({ ok: true })
  })

  test('control: without the lock on the account the former mailbox cancels', async () => {
    const { id, dinerId, link } = await setUp()
    const meanwhile = () =>
      database.query('UPDATE accounts SET email = $1 WHERE id = $2', [NEW, dinerId])
    expect(await cancelWithoutLock({ token: link, meanwhile })).toBe(true)
    expect(await readStatus(id)).toBe('CANCELLED')
  })
})
