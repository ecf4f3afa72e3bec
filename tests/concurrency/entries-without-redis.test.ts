import { beforeEach, describe, expect, test } from 'vitest'
import { admitTaking } from '@/domain/line/take.commands'
import { enterOpening } from '@/domain/opening/commands'
import { findEntry } from '@/domain/opening/queries'
import { admitTo } from '@/domain/opening/turn.commands'
import { pool } from '@/lib/db/database'
import { createDiners } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { setUpLine, takePatiently } from '../support/line-scene'
import { createOpening } from '../support/opening-scene'
import { useGateway } from '../support/stack-gateway'
import { enterRedisLobby, listRedisLobby } from '../support/unprotected-lobby'

/** Hard case 15 names 100,000: `HARD_CASE_ENTRIES=100000 npm test -- <this file>` runs them. */
const ENTRIES = Number(process.env.HARD_CASE_ENTRIES ?? 2_000)
/** A control only has to show that the test can fail, so it is small. */
const CONTROL_ENTRIES = 400
const AT_ONCE = 50

const database = useDatabase()
const gateway = useGateway()
beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
})

interface Entered {
  accountId: string
  /** Null: refused, or no answer. */
  number: number | null
  startMs: number
  endMs: number
}
type Enter = (accountId: string) => Promise<number | null>

/** Everyone enters, some at a time; each disturbance happens once, after its number of entries. */
async function enterAll({
  count,
  enter,
  disturbances,
}: {
  count: number
  enter: Enter
  disturbances: [atShare: number, happen: () => Promise<void>][]
}): Promise<Entered[]> {
  const diners = await createDiners(pool, { count })
  const entered: Entered[] = []
  let next = 0
  const enterOnAndOn = async () => {
    for (let diner = diners[next++]; diner; diner = diners[next++]) {
      const startMs = performance.now()
      const number = await enter(diner.id)
      entered.push({ accountId: diner.id, number, startMs, endMs: performance.now() })
      const due = disturbances.findIndex(([share]) => entered.length >= share * count)
      const [happening] = due < 0 ? [] : disturbances.splice(due, 1)
      await happening?.[1]()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, enterOnAndOn))
  return entered
}

/** The faults of an order of arrival, given the ids as they are listed in the end. */
function findFaults({ entered, listed }: { entered: Entered[]; listed: string[] }): string[] {
  const numbers = entered.flatMap(({ number }) => number ?? [])
  const faults: string[] = []
  if (numbers.length < entered.length) faults.push('somebody was not let in')
  if (new Set(numbers).size < numbers.length) faults.push('a number was given twice')
  if (Math.max(...numbers) > entered.length) faults.push('a number was left out')
  const isListed = new Set(listed)
  if (entered.some(({ accountId }) => !isListed.has(accountId))) faults.push('a place was lost')
  const ordered = entered.toSorted((one, other) => Number(one.number) - Number(other.number))
  const isSame = ordered.every(({ accountId }, index) => listed[index] === accountId)
  if (!isSame) faults.push('the list is in another order than the numbers')
  return isInOrder(entered) ? faults : [...faults, 'somebody came later and stands before']
}

/** A diner answered before another one asked stands before that one. */
function isInOrder(entered: Entered[]): boolean {
  const byEnd = entered.toSorted((one, other) => one.endMs - other.endMs)
  const byStart = entered.toSorted((one, other) => one.startMs - other.startMs)
  let ended = 0
  let latest = 0
  for (const { startMs, number } of byStart) {
    for (let one = byEnd[ended]; one && one.endMs < startMs; one = byEnd[++ended])
      latest = Math.max(latest, Number(one.number))
    if (latest > Number(number)) return false
  }
  return true
}

/** Down, with all its data lost, for the middle third of the arrivals. */
const loseRedis = (): [number, () => Promise<void>][] => [
  [1 / 3, gateway.flush],
  [1 / 3, () => gateway.setFault({ kind: 'drop-before' })],
  [2 / 3, () => gateway.setFault(null)],
  [3 / 4, gateway.flush],
]

describe('hard case 15: Redis is lost while everyone enters', () => {
  test('G13, G15: every entry is one row, in the order of arrival, and its receipt holds', async () => {
    const { openingId } = await createOpening({ orderBy: 'ARRIVAL' })
    const receipts = new Map<string, string>()
    const entered = await enterAll({
      count: ENTRIES,
      // As the route does: the limit first, then the one insert.
      enter: async (accountId) => {
        const admitted = await admitTo({ act: 'enter', accountId, address: null })
        if (!admitted.ok) return null
        const placed = await enterOpening({ openingId, accountId, epoch: 0, sessionId: null })
        if (!placed.ok) return null
        receipts.set(accountId, placed.value.receipt)
        return placed.value.number
      },
      disturbances: loseRedis(),
    })
    const rows = await database.query<{ accountId: string }>(
      `SELECT account_id AS "accountId" FROM opening_entries WHERE opening_id = $1 ORDER BY number`,
      [openingId],
    )
    const listed = rows.map(({ accountId }) => accountId)
    expect(findFaults({ entered, listed })).toEqual([])
    for (const { accountId } of entered.slice(0, 50)) {
      const entry = await findEntry({ openingId, accountId })
      expect(entry?.receipt).toBe(receipts.get(accountId))
    }
  }, 600_000)

  test('G8, G9: every ticket of a line has its number, in the order of arrival, without gaps', async () => {
    const scene = await setUpLine()
    const entered = await enterAll({
      count: ENTRIES,
      enter: async (accountId) => {
        const taker = { by: 'account', accountId, epoch: 0, sessionId: null } as const
        const admitted = await admitTaking({ taker, address: null })
        if (!admitted.ok) return null
        const taken = await takePatiently(accountId, scene)
        return taken.ok ? taken.value.ticket.number : null
      },
      disturbances: loseRedis(),
    })
    const rows = await database.query<{ accountId: string }>(
      `SELECT account_id AS "accountId" FROM tickets WHERE restaurant_id = $1 ORDER BY number`,
      [scene.restaurantId],
    )
    const listed = rows.map(({ accountId }) => accountId)
    expect(findFaults({ entered, listed })).toEqual([])
  }, 600_000)

  test('hard cases 7 and 15, control: a lobby kept in Redis gives numbers twice and loses places', async () => {
    const { openingId } = await createOpening()
    const entered = await enterAll({
      count: CONTROL_ENTRIES,
      enter: (accountId) => enterRedisLobby({ openingId, accountId }),
      // Flushed but at once available again: the mildest way to lose it.
      disturbances: [[1 / 2, gateway.flush]],
    })
    const listed = await listRedisLobby(openingId)
    const faults = findFaults({ entered, listed })
    expect(faults).toContain('a number was given twice')
    expect(faults).toContain('a place was lost')
    expect(faults).toContain('somebody came later and stands before')
  }, 600_000)
})
