import { once } from 'node:events'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db'
import { refuse } from '@/lib/result'
import { runTransaction, type Transaction } from '@/lib/transaction'
import { createDiners } from '@/prisma/factories'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const rename = (tx: Transaction, id: string) =>
  tx.$executeRaw`UPDATE accounts SET name = name || '!' WHERE id = ${id}::uuid`

/** Settles for everybody once so many have come. */
function gatherAt(count: number) {
  const all = new EventTarget()
  const isComplete = once(all, 'complete')
  let come = 0
  return () => {
    come += 1
    if (come === count) all.dispatchEvent(new Event('complete'))
    return isComplete
  }
}

describe('a transaction', () => {
  test('that got into a deadlock with another is begun anew, and both are done', async () => {
    const [first, second] = await createDiners(pool, { count: 2 })
    const gather = gatherAt(2)
    const begun: string[] = []
    const lockBoth = (...order: (string | undefined)[]) =>
      runTransaction(async (tx) => {
        begun.push(String(order[0]))
        await rename(tx, String(order[0]))
        await gather()
        await rename(tx, String(order[1]))
        return order[0]
      })
    const ids = [first?.id, second?.id]
    expect(await Promise.all([lockBoth(...ids), lockBoth(...ids.toReversed())])).toEqual([
      { ok: true, value: ids[0] },
      { ok: true, value: ids[1] },
    ])
    expect(begun).toHaveLength(3)
    expect(await database.query('SELECT right(name, 2) AS marks FROM accounts')).toEqual([
      { marks: '!!' },
      { marks: '!!' },
    ])
  })

  test('that refuses leaves nothing behind, and is not begun anew', async () => {
    const [diner] = await createDiners(pool, { count: 1 })
    let begun = 0
    const refused = await runTransaction(async (tx, stop) => {
      begun += 1
      await rename(tx, String(diner?.id))
      return stop(refuse('too-late'))
    })
    expect(refused).toEqual(refuse('too-late'))
    expect(begun).toBe(1)
    expect(await database.query(`SELECT FROM accounts WHERE name LIKE '%!'`)).toEqual([])
  })
})
