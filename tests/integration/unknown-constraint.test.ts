import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeStaffNote } from '@/domain/booking/note.commands'
import { undoAct } from '@/domain/booking/undo.commands'
import { violatedConstraint } from '@/lib/db/database-error'
import { beginAnew, runTransaction, type Transaction } from '@/lib/db/transaction'
import { refuseFailure } from '@/lib/problems/failure'
import { actorOf, book, move, setUpRestaurant, walkIn } from '../support/booking-restaurant'
import { bookAs, createDinerIds } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { actAs, joinLine, postponeOwn, setUpLine, takeAs, undoAs } from '../support/line-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())
afterEach(() => database.query('DROP INDEX IF EXISTS planted'))

/** A unique index that no command knows: from now on nothing else is written down in a restaurant. */
async function plantConstraint() {
  await database.query(
    `DELETE FROM audit_events WHERE id NOT IN (SELECT DISTINCT ON (restaurant_id) id FROM audit_events ORDER BY restaurant_id, at DESC)`,
  )
  await database.query('CREATE UNIQUE INDEX planted ON audit_events (restaurant_id)')
}

/** Each comes to the point where only one write is left, and gives that. */
const commands: Record<string, () => Promise<() => Promise<unknown>>> = {
  'a booking': async () => {
    const { scene, dinerId, otherId } = await setUpRestaurant()
    await book(dinerId, scene)
    return () => bookAs(otherId, scene)
  },
  'a move': async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    return () => move(id, 'SEAT', ownerId)
  },
  'a walk-in': async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant()
    const { slotId } = await book(dinerId, scene)
    const free = scene.slotIds.filter((id) => id !== slotId)
    return () => walkIn(scene, free, ownerId)
  },
  'a note': async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    const actor = actorOf(ownerId)
    return () => writeStaffNote({ reservationId: id, shown: null, text: '창가', actor })
  },
  'an undo': async () => {
    const { scene, dinerId, ownerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    const seated = await move(id, 'SEAT', ownerId)
    if (!seated.ok) throw new Error(seated.reason)
    return () => undoAct({ actId: seated.value.actId, actor: actorOf(ownerId) })
  },
  'a ticket': async () => {
    const scene = await setUpLine()
    await joinLine(scene)
    const [dinerId = ''] = await createDinerIds(1)
    return () => takeAs(dinerId, scene)
  },
  'a call': async () => {
    const scene = await setUpLine()
    const { id } = await joinLine(scene)
    return () => actAs(scene.ownerId, 'CALL', id)
  },
  'a postponement': async () => {
    const scene = await setUpLine()
    const ticket = await joinLine(scene)
    await joinLine(scene)
    return () => postponeOwn(ticket, 2)
  },
  'an undone call': async () => {
    const scene = await setUpLine()
    const { id } = await joinLine(scene)
    const called = await actAs(scene.ownerId, 'CALL', id)
    if (!called.ok) throw new Error(called.reason)
    return () => undoAs(scene.ownerId, called.value.actId)
  },
}

describe('a constraint that a command does not know', () => {
  test.each(Object.keys(commands))('is a bug in %s, never a refusal', async (name) => {
    const act = await commands[name]?.()
    await plantConstraint()
    const outcome = await act?.().then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    )
    expect(outcome).not.toHaveProperty('answer')
    const error = outcome && 'error' in outcome ? outcome.error : null
    expect(violatedConstraint(error)).toBe('planted')
    expect(refuseFailure(error)).toMatchObject({ reason: 'unexpected' })
  })
})

describe('a transaction', () => {
  const spell = (tx: Transaction, email: string) =>
    tx.$executeRaw`INSERT INTO accounts (email, name) VALUES (${email}, 'Kim')`

  test('is refused for the reason that its command gives to a constraint, and is undone', async () => {
    await runTransaction((tx) => spell(tx, 'kim@bobjool.test'))
    const write = async (tx: Transaction) => {
      await spell(tx, 'lee@bobjool.test')
      await spell(tx, 'kim@bobjool.test')
    }
    const constraints = { accounts_email_key: 'address-taken' } as const
    expect(await runTransaction(write, { constraints })).toMatchObject({ reason: 'address-taken' })
    expect(await database.query('SELECT email FROM accounts')).toHaveLength(1)
  })

  test('that was overtaken begins anew as often as it may, and is busy after that', async () => {
    let begun = 0
    const overtaken = async () => {
      begun += 1
      return begun < 3 ? beginAnew() : begun
    }
    expect(await runTransaction(overtaken, { tries: 3 })).toEqual({ ok: true, value: 3 })
    begun = 0
    expect(await runTransaction(overtaken, { tries: 2 })).toMatchObject({ reason: 'busy' })
  })
})
