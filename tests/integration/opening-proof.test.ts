import { beforeAll, describe, expect, test } from 'vitest'
import { readLog, readProofSummary } from '@/domain/proof/queries'
import type { OpeningLog } from '@/domain/proof/schema'
import { openingLog } from '@/domain/proof/schema'
import { useDatabase } from '../support/database'
import { type Forgery, followUp, one, seal, shift, stranger } from '../support/forgeries'
import { downloadLog, makeUpRound, runOpeningDay, saveSnapshot } from '../support/opening-day'
import { createOpening, passTime } from '../support/opening-scene'
import { runVerifier } from '../support/verifier'

const database = useDatabase()

let day: Awaited<ReturnType<typeof runOpeningDay>>
let snapshot: string
beforeAll(async () => {
  day = await runOpeningDay(database)
  snapshot = await saveSnapshot(day.openingId)
})

describe('G13–G15: the log of an opening', () => {
  test('is accepted by the verifier, with every receipt and a saved snapshot', async () => {
    const receipts = day.receipts.map(({ receipt }) => receipt)
    const { code, said, failed } = await runVerifier({
      text: day.text,
      receipts,
      snapshots: [snapshot],
    })
    expect({ failed, code }, said).toEqual({ failed: [], code: 0 })
    expect(said).toContain('✓  turns  {"count":8}')
    expect(said).toContain('✓  sold  {"sold":3,"capacity":3}')
  })

  test('matches the API’s schema, and names nobody', async () => {
    expect(openingLog.safeParse(day.log).error).toBeUndefined()
    expect(day.log).toMatchObject({ entryCount: 30, isFinal: false, accountAges: { 0: 30 } })
    expect(day.log.bookings.filter(({ releasedAt }) => releasedAt !== null)).toHaveLength(1)
    const people = await database.query<{ id: string; email: string; name: string }>(
      'SELECT id, email, name FROM accounts',
    )
    for (const { id, email } of people) {
      expect(day.text).not.toContain(id)
      expect(day.text).not.toContain(email)
    }
  })

  test('still shows the entry of a diner who has deleted their account', async () => {
    const [{ accountId } = { accountId: '' }] = day.receipts
    const before = day.log.bookings
    await database.query(`UPDATE reservations SET diner_id = NULL WHERE diner_id = $1`, [accountId])
    await database.query('DELETE FROM accounts WHERE id = $1', [accountId])
    const after = await readProofSummary(day.openingId)
    expect(after?.bookings.map(({ entry }) => entry)).toEqual(before.map(({ entry }) => entry))
  })

  test('does not exist before the draw, and is built once while nothing changes', async () => {
    const early = await createOpening()
    expect(await readLog(early.openingId)).toMatchObject({
      reason: 'not-open-yet',
      details: { opensAt: expect.any(String) },
    })
    const [one, other] = await Promise.all([readLog(day.openingId), readLog(day.openingId)])
    expect(one.ok && other.ok && one.value === other.value).toBe(true)
  })

  test('is accepted too for an opening by arrival, without a beacon, and without entries', async () => {
    const { openingId } = await createOpening({ orderBy: 'ARRIVAL' })
    await passTime({ database, openingId, seconds: 30 * 60 + 1 })
    const { code, said } = await runVerifier(await downloadLog(openingId))
    expect(code, said).toBe(0)
    expect(said).toContain('·  beacon  none')
  })
})

const addEntry = (log: OpeningLog) => log.entries.push(stranger) && log.entries.sort()
const dropEntry = ({ entries, turns }: OpeningLog) => {
  const taken = new Set(turns.map(({ entry }) => entry))
  entries.splice(
    entries.findIndex((id) => !taken.has(id)),
    1,
  )
}
const forgeries: Forgery[] = [
  ['an entry added', 'entries', addEntry],
  [
    'an entry added, and all that follows',
    'snapshot',
    (log) => [addEntry(log), followUp(log)],
    'snapshot',
  ],
  ['an entry dropped', 'entries', dropEntry],
  [
    'an entry dropped, and all that follows',
    'receipt',
    (log) => [dropEntry(log), followUp(log)],
    'receipt',
  ],
  ['an entry changed', 'entries', (log) => log.entries.splice(0, 1, '0'.repeat(32))],
  ['another secret', 'secret', (log) => Object.assign(log, { secret: 'cd'.repeat(32) })],
  [
    'another secret, and all that follows',
    'receipt',
    (log) => followUp(Object.assign(log, { secret: 'cd'.repeat(32) })),
    'receipt',
  ],
  [
    'another value of the beacon',
    'beacon',
    (log) => Object.assign(log, { beaconValue: 'cd'.repeat(32) }),
  ],
  [
    'another round of the beacon, and all that follows',
    'snapshot',
    (log) => {
      const { value: beaconValue, proof: beaconProof } = makeUpRound()
      followUp(Object.assign(log, { beaconValue, beaconProof }))
    },
    'snapshot',
  ],
  [
    'a beacon’s round from before the opening',
    'beacon',
    (log) => Object.assign(log.announcement, { beaconRound: 1000 }),
  ],
  ['another rate', 'rates', (log) => Object.assign(one(log.rates), { turnsPerSecond: 900 })],
  [
    'another rate, as if it had been announced',
    'receipt',
    (log) => {
      Object.assign(one(log.rates), { turnsPerSecond: 900 })
      Object.assign(log.announcement, { turnsPerSecond: 900 })
      followUp(log)
    },
    'receipt',
  ],
  [
    'a rate that was never set',
    'snapshot',
    (log) => {
      const fromAt = shift(log.drawnAt, 500)
      log.rates.push({ fromAt, setAt: fromAt, turnsPerSecond: 900 })
      for (const turn of log.turns) turn.dueAt = null
    },
    'snapshot',
  ],
  [
    'a rate that was set for an instant that was past',
    'rates',
    (log) => {
      const fromAt = shift(log.drawnAt, 500)
      log.rates.push({ fromAt, setAt: shift(fromAt, 30_000), turnsPerSecond: 900 })
    },
  ],
  [
    'another instant',
    'announcement',
    (log) => Object.assign(log.announcement, { opensAt: shift(log.announcement.opensAt, -60_000) }),
  ],
  [
    'another instant, and all that follows',
    'receipt',
    (log) => {
      Object.assign(log.announcement, { opensAt: shift(log.announcement.opensAt, -60_000) })
      followUp(log)
    },
    'receipt',
  ],
  ['a turn given early', 'turns', (log) => Object.assign(one(log.turns), { givenAt: log.drawnAt })],
  [
    'a turn given to nobody’s entry',
    'turns',
    (log) => Object.assign(one(log.turns), { entry: stranger }),
  ],
  [
    'a booking without a turn',
    'bookings',
    (log) => {
      const { entry } = one(log.bookings)
      log.turns = log.turns.filter((turn) => turn.entry !== entry)
    },
  ],
  [
    'a booking before its turn',
    'bookings',
    (log) => Object.assign(one(log.bookings), { takenAt: shift(log.drawnAt, 1) }),
  ],
  [
    'a table sold twice',
    'sold',
    (log) => {
      const [kept] = log.bookings.filter(({ releasedAt }) => releasedAt === null)
      const without = log.turns.find(
        ({ entry }) => !log.bookings.some((booking) => booking.entry === entry),
      )
      if (!kept || !without) throw new Error('nobody to sell it to')
      log.bookings.push({ ...kept, entry: without.entry, takenAt: log.asOf })
    },
  ],
  ['a table that is not on the list', 'sold', ({ slots }) => slots.splice(0, 3)],
]

describe('G13–G15: the verifier rejects', () => {
  test.each(forgeries)('%s', async (_, found, change, kept) => {
    const log = structuredClone(day.log)
    change(log)
    const receipts = kept === 'receipt' ? day.receipts.map(({ receipt }) => receipt) : []
    const snapshots = kept === 'snapshot' ? [snapshot] : []
    const { code, said, failed } = await runVerifier({ text: seal(log), receipts, snapshots })
    expect(code, said).toBe(1)
    // Sealed again, so that the fault has to be found in the content.
    expect(failed, said).not.toContain('seal')
    expect(failed, said).toContain(found)
  })

  test('any change by a forger without the service’s key', async () => {
    const text = day.text.replace(/"isFinal":false/, '"isFinal":true')
    expect(await runVerifier({ text })).toMatchObject({ code: 1, failed: ['seal'] })
    const own = { ...day.log.seal, signature: 'A'.repeat(86) }
    const forged = `${seal(day.log).split(',"seal":')[0]},"seal":${JSON.stringify(own)}}`
    expect(await runVerifier({ text: forged })).toMatchObject({ code: 1, failed: ['seal'] })
  })

  test.each([
    ['of another opening', 'not of this one'],
    ['that nobody signed', 'x'],
  ])('a receipt %s', async (what) => {
    const [mine] = day.receipts
    const elsewhere = what === 'of another opening' ? await runAnother() : ''
    const forged = elsewhere || `${mine?.receipt.split('.')[0]}.${'A'.repeat(86)}`
    const { code, failed } = await runVerifier({ text: day.text, receipts: [forged] })
    expect({ code, failed }).toEqual({ code: 1, failed: ['receipt'] })
  })

  test('a file that is no log, and says so', async () => {
    expect(await runVerifier({ text: '{"format":"other"}' })).toMatchObject({ code: 2 })
    expect(await runVerifier({ text: 'not json' })).toMatchObject({ code: 2 })
  })
})

async function runAnother(): Promise<string> {
  const other = await runOpeningDay(database)
  return one(other.receipts).receipt
}
