import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { enterOpening } from '@/domain/opening/commands'
import { readScore, toScoredBytes } from '@/domain/opening/draw.rules'
import { readOpening } from '@/domain/opening/queries'
import { admitTo } from '@/domain/opening/turn.commands'
import { readLog } from '@/domain/proof/queries'
import { pool } from '@/lib/db/database'
import { createDiners } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { createOpening, passTime } from '../support/opening-scene'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const sha256 = (bytes: Buffer | Uint8Array) => createHash('sha256').update(bytes).digest()

const { url, token } = useGateway()
/** Past the SDK, whose patience suits diners' requests. */
async function askRedis(...command: string[]) {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(command) })
  const said = z
    .object({ result: z.unknown().optional(), error: z.string().optional() })
    .parse(await answer.json())
  if (said.error !== undefined) throw new Error(`${command[0]}: ${said.error}`)
  return said.result
}

const READERS: Record<string, string[]> = {
  string: ['GET'],
  hash: ['HGETALL'],
  zset: ['ZRANGE', '0', '-1', 'WITHSCORES'],
  set: ['SMEMBERS'],
  list: ['LRANGE', '0', '-1'],
}

/** Every key of this worker's Redis with its content. */
async function dumpRedis(): Promise<string> {
  const dump: unknown[] = []
  for (const key of z.array(z.string()).parse(await askRedis('KEYS', '*'))) {
    const [read, ...range] = READERS[String(await askRedis('TYPE', key))] ?? []
    // Gone meanwhile.
    if (read === undefined) continue
    dump.push([key, await askRedis(read, key, ...range)])
  }
  expect(dump.length).toBeGreaterThan(0)
  return JSON.stringify(dump)
}

/** Every row that names the opening, as text, bytes as hex. */
async function dumpPostgres(openingId: string): Promise<string> {
  const [row] = await database.query<{ dump: string }>(
    `SELECT concat((SELECT json_agg(o) FROM openings o WHERE id = $1), (SELECT json_agg(e) FROM opening_entries e WHERE opening_id = $1),
                   (SELECT json_agg(t) FROM opening_turns t WHERE opening_id = $1), (SELECT json_agg(r) FROM opening_rates r WHERE opening_id = $1),
                   (SELECT json_agg(a) FROM audit_events a WHERE subject_id = $1)) AS dump`,
    [openingId],
  )
  return row?.dump ?? ''
}

async function enterSome({ openingId, count }: { openingId: string; count: number }) {
  const diners = await createDiners(pool, { count })
  const receipts: string[] = []
  for (const { id: accountId } of diners) {
    await admitTo({ act: 'enter', accountId, address: '203.0.113.7' })
    const entered = await enterOpening({ openingId, accountId, epoch: 0, sessionId: null })
    if (!entered.ok) throw new Error(entered.reason)
    receipts.push(entered.value.receipt)
  }
  return receipts
}

const orderOf = ({ ids, orderSeed }: { ids: string[]; orderSeed: string }) =>
  ids.toSorted(
    (a, b) =>
      readScore(sha256(toScoredBytes({ orderSeed, entryId: a }))) -
      readScore(sha256(toScoredBytes({ orderSeed, entryId: b }))),
  )

describe('G13: before the instant', () => {
  test('G13: snapshots, receipts and Redis contain neither the secret nor anything derived from it', async () => {
    const { openingId } = await createOpening()
    const receipts = await enterSome({ openingId, count: 20 })
    expect(await readLog(openingId)).toMatchObject({ reason: 'not-open-yet' })
    const told = [
      (await readOpening(openingId)).packed.bytes.toString(),
      await dumpRedis(),
      receipts.join(),
    ]
    const claims = receipts.map((receipt) =>
      JSON.parse(Buffer.from(receipt.split('.')[0] ?? '', 'base64url').toString()),
    )
    // A receipt of the lobby has no rank, no score and no number.
    expect(Object.keys(claims[0]).toSorted()).toEqual(['a', 'e', 'h', 'l', 'n', 'o', 't'])
    expect(claims.every(({ n }) => n === null)).toBe(true)

    await passTime({ database, openingId, seconds: 31 * 60 })
    const { data } = await readOpening(openingId.toUpperCase())
    const { secret, orderSeed } = data ?? {}
    expect([secret, orderSeed].every((hex) => hex?.length === 64)).toBe(true)
    for (const text of told) {
      const bytes = [secret, orderSeed].map((hex) => Buffer.from(hex ?? '', 'hex'))
      for (const form of bytes.flatMap((it) => [it.toString('hex'), it.toString('base64')]))
        expect(text).not.toContain(form)
    }
  })

  test('G13: with a beacon, not even all rows of Postgres tell the order', async () => {
    const { openingId } = await createOpening({ beacon: 'drand-quicknet', beaconRound: 9 })
    await enterSome({ openingId, count: 40 })
    await passTime({ database, openingId, seconds: 30 * 60 })
    await pool.query('SELECT freeze_opening($1)', [openingId])
    const before = await dumpPostgres(openingId)
    expect(before).toMatch(/"order_seed":null/)

    // All that an operator with database access has at that moment, with two rounds that may come.
    const [row] = await database.query<{ hash: string; secret: string; ids: string[] }>(
      `SELECT entries_hash AS hash, encode(secret, 'hex') AS secret,
              (SELECT array_agg(entry_id) FROM opening_entries WHERE opening_id = $1) AS ids
         FROM openings WHERE id = $1`,
      [openingId],
    )
    if (!row) throw new Error('the opening is gone')
    const [value, other] = ['a round', 'another'].map((text) => sha256(Buffer.from(text)))
    const seedWith = (beacon: Buffer | undefined) =>
      sha256(Buffer.concat([Buffer.from(row.hash + row.secret, 'hex'), beacon ?? Buffer.of()]))
    await pool.query('SELECT draw_opening($1, $2, $3)', [openingId, value?.toString('hex'), ''])
    const [drawn] = await database.query<{ seed: string }>(
      'SELECT order_seed AS seed FROM openings WHERE id = $1',
      [openingId],
    )
    expect(drawn?.seed).toBe(seedWith(value).toString('hex'))
    expect(before).not.toContain(drawn?.seed)
    const orders = [value, other].map((beacon) =>
      orderOf({ ids: row.ids, orderSeed: seedWith(beacon).toString('hex') }),
    )
    expect(orders[0]).not.toEqual(orders[1])
  })
})
