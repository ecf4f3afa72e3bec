import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { readBoard } from '@/domain/availability/board.queries'
import { refuseByGate } from '@/domain/booking/admission.commands'
import { placeReservation } from '@/domain/booking/commands'
import { enterOpening, findTurnOf, takeTurn } from '@/domain/opening/commands'
import { findEntry, readOpening } from '@/domain/opening/queries'
import { checkTurn } from '@/domain/opening/turn.commands'
import { readReceipt } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { createAccount, createDiners, createSlot } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { createOpening, passTime } from '../support/opening-scene'

const database = useDatabase()
afterEach(() => void vi.restoreAllMocks())
const enter = (openingId: string, accountId: string) =>
  enterOpening({ openingId, accountId, epoch: 0, sessionId: null })

async function enterAs({ openingId, count }: { openingId: string; count: number }) {
  const diners = await createDiners(pool, { count })
  const entered = await Promise.all(diners.map(({ id }) => enter(openingId, id)))
  return entered.map((result, index) => {
    if (!result.ok) throw new Error(result.reason)
    return { accountId: diners[index]?.id ?? '', ...result.value }
  })
}

/** A snapshot is cached for a second; another spelling of the id is another key, so it is fresh. */
async function readFresh(openingId: string) {
  const mixed = [...openingId].map((letter) =>
    Math.random() < 0.5 ? letter.toUpperCase() : letter,
  )
  const { data } = await readOpening(mixed.join(''))
  if (!data) throw new Error('there is no such opening')
  return data
}

describe('G13: one draw per account with a confirmed address', () => {
  test('G13: ten entries of one diner at once are one, with one receipt', async () => {
    const { openingId } = await createOpening()
    // Two inserts rarely pass each other's first look; sixty tries see it happen.
    const diners = await createDiners(pool, { count: 60 })
    for (const { id } of diners) {
      const entered = await Promise.all(Array.from({ length: 10 }, () => enter(openingId, id)))
      expect(new Set(entered.map((result) => JSON.stringify(result))).size).toBe(1)
    }
    expect((await readFresh(openingId)).waiting).toBe(60)
  })

  test('G13: a diner with an unconfirmed address can’t enter', async () => {
    const { openingId } = await createOpening()
    const { id } = await createAccount(pool, { emailConfirmedAt: null })
    expect(await enter(openingId, id)).toMatchObject({ reason: 'address-unconfirmed' })
  })

  test('an ended session enters nothing', async () => {
    const { openingId } = await createOpening()
    const { id } = await createAccount(pool, { sessionEpoch: 1 })
    expect(await enter(openingId, id)).toMatchObject({ reason: 'signed-out' })
  })

  test('nobody enters before the lobby opens, or after the gate has ended', async () => {
    const { id } = await createAccount(pool)
    const early = await createOpening({ opensInMinutes: 61 })
    expect(await enter(early.openingId, id)).toMatchObject({ reason: 'not-open-yet' })
    const over = await createOpening({ opensInMinutes: -61 })
    expect(await enter(over.openingId, id)).toMatchObject({ reason: 'opening-over' })
  })

  test('G13: neither order nor secret is shown before the instant', async () => {
    const scene = await createOpening()
    await enterAs({ ...scene, count: 3 })
    const opening = await readFresh(scene.openingId)
    expect(opening).toMatchObject({
      state: 'LOBBY',
      waiting: 3,
      secret: null,
      orderSeed: null,
      entriesHash: null,
    })
    const [row] = await database.query<{ secret: string }>(
      `SELECT encode(secret, 'hex') AS secret FROM openings WHERE id = $1`,
      [scene.openingId],
    )
    expect(JSON.stringify(opening)).not.toContain(row?.secret)
    expect(opening.commitment).toBe(
      createHash('sha256')
        .update(Buffer.from(row?.secret ?? '', 'hex'))
        .digest('hex'),
    )
  })

  test('G13: an announced opening keeps its secret, its instant and its way of ordering', async () => {
    const { openingId } = await createOpening()
    for (const change of [
      `opens_at = opens_at + interval '1 second'`,
      `secret = sha256('another'), commitment = encode(sha256(sha256('another')), 'hex')`,
      `order_by = 'ARRIVAL'`,
      `beacon = 'local', beacon_round = 1`,
    ])
      await expect(
        pool.query(`UPDATE openings SET ${change} WHERE id = $1`, [openingId]),
      ).rejects.toMatchObject({ constraint: 'openings_announced_stays' })
  })
})

describe('G13, hard case 18: the freeze', () => {
  test('G13: the first of many reads after the instant freezes, hashes and draws, once', async () => {
    const scene = await createOpening()
    const entered = await enterAs({ ...scene, count: 50 })
    await passTime({ database, openingId: scene.openingId, seconds: 31 * 60 })
    const seen = await Promise.all(Array.from({ length: 20 }, () => readFresh(scene.openingId)))
    const [first] = seen
    expect(new Set(seen.map(({ orderSeed }) => orderSeed)).size).toBe(1)
    const ids = entered.map(({ entryId }) => entryId).toSorted()
    expect(first).toMatchObject({
      waiting: 50,
      entriesHash: createHash('sha256').update(ids.join('')).digest('hex'),
    })
    const seed = [first?.entriesHash, first?.secret].map((hex) => Buffer.from(hex ?? '', 'hex'))
    expect(first?.orderSeed).toBe(createHash('sha256').update(Buffer.concat(seed)).digest('hex'))
  })

  test('G13: entries and the freeze at once: the hash covers exactly the diners in the lobby', async () => {
    const scene = await createOpening({ opensInMinutes: 0 })
    const diners = await createDiners(pool, { count: 60 })
    // Half of them ask while the lobby closes.
    await passTime({ database, openingId: scene.openingId, seconds: -1 })
    const asked = diners.map(({ id }) => enter(scene.openingId, id))
    await passTime({ database, openingId: scene.openingId, seconds: 1 })
    const looks = Array.from({ length: 5 }, () => readFresh(scene.openingId))
    const entered = await Promise.all(asked)
    await Promise.all(looks)
    const opening = await readFresh(scene.openingId)
    const lobby = entered.flatMap((one) => (one.ok && one.value.inLobby ? [one.value.entryId] : []))
    const late = entered.flatMap((one) => (one.ok && !one.value.inLobby ? [one.value.number] : []))
    expect(lobby.length + late.length).toBe(60)
    expect(opening.waiting).toBe(lobby.length)
    expect(opening.entriesHash).toBe(
      createHash('sha256').update(lobby.toSorted().join('')).digest('hex'),
    )
    expect(late.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: late.length }, (_, index) => index + 1),
    )
  })

  test('G13: a freeze may take longer than a request, and the page goes on with "drawing"', async () => {
    const scene = await createOpening({ opensInMinutes: 0 })
    await passTime({ database, openingId: scene.openingId, seconds: 1 })
    const entering = await database.pool.connect()
    await entering.query('BEGIN')
    // As if a diner is entering and their connection hangs.
    await entering.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1::text, 5))', [
      scene.openingId,
    ])
    expect(await readFresh(scene.openingId)).toMatchObject({ state: 'DRAWING', orderSeed: null })
    const waiting = () =>
      database.query(
        `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
            AND clock_timestamp() - waitstart > interval '1.3 s'`,
      )
    // Longer than the second for which the role waits for a lock.
    await expect.poll(waiting, { timeout: 5_000 }).toHaveLength(1)
    await entering.query('COMMIT')
    entering.release()
    await expect.poll(async () => (await readFresh(scene.openingId)).state).toBe('OPEN')
  })

  test('hard case 18: a millisecond after the instant is late, and comes after the whole lobby', async () => {
    const scene = await createOpening()
    const [early] = await enterAs({ ...scene, count: 1 })
    await passTime({ database, openingId: scene.openingId, seconds: 30 * 60 + 1 })
    const [late] = await enterAs({ ...scene, count: 1 })
    expect([early?.inLobby, late?.inLobby, late?.number]).toEqual([true, false, 1])
    const opening = await readFresh(scene.openingId)
    const turns = [early, late].map((one) =>
      findTurnOf({ opening, receipt: readReceipt(one?.receipt ?? '') ?? expect.fail() }),
    )
    expect(Number(turns[1])).toBeGreaterThan(Number(turns[0]))
  })

  test('G14: by arrival, the numbers are 1 to n in the order Postgres gave', async () => {
    const scene = await createOpening({ orderBy: 'ARRIVAL' })
    const entered = await enterAs({ ...scene, count: 30 })
    expect(entered.map(({ number }) => Number(number)).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    )
  })

  test('the draw waits for a silent beacon, then goes on without it and says so', async () => {
    const scene = await createOpening({ opensInMinutes: 0, beacon: 'unknown-beacon' })
    await passTime({ database, openingId: scene.openingId, seconds: 5 })
    expect(await readFresh(scene.openingId)).toMatchObject({ state: 'DRAWING', orderSeed: null })
    await passTime({ database, openingId: scene.openingId, seconds: 40 })
    await readFresh(scene.openingId)
    await expect.poll(() => readFresh(scene.openingId)).toMatchObject({ beacon: { value: null } })
    await expect
      .poll(async () => (await readFresh(scene.openingId)).orderSeed)
      .toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('G15: the receipt', () => {
  test('G15: is the same when asked for again, even on another device', async () => {
    const scene = await createOpening()
    const [entry] = await enterAs({ ...scene, count: 1 })
    const again = await enter(scene.openingId, entry?.accountId ?? '')
    expect(again).toMatchObject({ value: { receipt: entry?.receipt } })
    expect(await findEntry({ ...scene, accountId: entry?.accountId ?? '' })).toMatchObject({
      receipt: entry?.receipt,
    })
  })

  test('G15: can be checked by anyone with the published key', async () => {
    const scene = await createOpening()
    const [entry] = await enterAs({ ...scene, count: 1 })
    const { receiptKeys } = await readFresh(scene.openingId)
    const [said = '', seal = ''] = entry?.receipt.split('.') ?? []
    const key = createPublicKey({
      format: 'jwk',
      key: { kty: 'OKP', crv: 'Ed25519', x: receiptKeys[0] ?? '' },
    })
    const bytes = Buffer.from(said, 'base64url')
    expect(verify(null, bytes, key, Buffer.from(seal, 'base64url'))).toBe(true)
    expect(JSON.parse(bytes.toString())).toMatchObject({ e: entry?.entryId, o: scene.openingId })
  })
})

describe('G14: a turn', () => {
  async function drawn({ turnsPerSecond = 10, seconds = 0 } = {}) {
    const scene = await createOpening({ turnsPerSecond })
    await createSlot(pool, { restaurantId: scene.restaurantId })
    const entered = await enterAs({ ...scene, count: 20 })
    await passTime({ database, openingId: scene.openingId, seconds: 30 * 60 + 1 })
    await readFresh(scene.openingId)
    if (seconds > 0) await passTime({ database, openingId: scene.openingId, seconds })
    return { ...scene, entered }
  }
  const takeAs = (openingId: string, one: { accountId: string; receipt: string } | undefined) =>
    takeTurn({ openingId, accountId: one?.accountId ?? '', receipt: one?.receipt ?? '' })

  test('G14: is not given early, and the refusal says when to come', async () => {
    const { openingId, entered } = await drawn({ turnsPerSecond: 0.0001 })
    for (const one of entered) {
      const taken = await takeAs(openingId, one)
      expect(taken).toMatchObject({ ok: false, reason: 'not-your-turn' })
    }
  })

  test('G14: is given when due, for five minutes, only to its own diner', async () => {
    const { openingId, entered } = await drawn({ seconds: 60 })
    const [mine, other] = entered
    const taken = await takeAs(openingId, mine)
    if (!taken.ok) throw new Error(taken.reason)
    const token = taken.value.turn
    expect(await checkTurn({ token, accountId: mine?.accountId ?? '' })).toBe(openingId)
    expect(await checkTurn({ token, accountId: other?.accountId ?? '' })).toBeNull()
    const another = await createOpening()
    const moved = token.replace(openingId, another.openingId)
    expect(await checkTurn({ token: moved, accountId: mine?.accountId ?? '' })).toBeNull()
  })

  test('a forged turn causes no query', async () => {
    const { openingId, entered } = await drawn({ seconds: 60 })
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000)
    const queries = vi.spyOn(pool, 'query')
    const token = `${openingId}.${Date.now() + 60_000}.${'A'.repeat(43)}`
    expect(await checkTurn({ token, accountId: entered[0]?.accountId ?? '' })).toBeNull()
    expect(queries).not.toHaveBeenCalled()
  })

  test.each<[string, (receipt: string) => string]>([
    ['of nothing', () => ''],
    ['cut short', (receipt) => receipt.slice(0, -1)],
    [
      'with another place in it',
      (receipt) => {
        const [said = '', seal = ''] = receipt.split('.')
        const claims = JSON.parse(Buffer.from(said, 'base64url').toString())
        return `${Buffer.from(JSON.stringify({ ...claims, n: 0 })).toString('base64url')}.${seal}`
      },
    ],
    ['not JSON inside', () => `${Buffer.from('x').toString('base64url')}.${'A'.repeat(86)}`],
  ])('G15: a receipt %s is none', async (_, forge) => {
    const { openingId, entered } = await drawn({ seconds: 60 })
    const [mine] = entered
    const receipt = forge(mine?.receipt ?? '')
    expect(await takeAs(openingId, { accountId: mine?.accountId ?? '', receipt })).toMatchObject({
      reason: 'receipt-unknown',
    })
  })

  test('G15: another diner’s receipt, or one of another opening, gives no turn', async () => {
    const { openingId, entered } = await drawn({ seconds: 60 })
    const elsewhere = await drawn({ seconds: 60 })
    const [mine, other] = entered
    const stolen = { accountId: mine?.accountId ?? '', receipt: other?.receipt ?? '' }
    expect(await takeAs(openingId, stolen)).toMatchObject({ reason: 'receipt-unknown' })
    expect(await takeAs(openingId, elsewhere.entered[0])).toMatchObject({
      reason: 'receipt-unknown',
    })
  })
})

describe('G14: booking behind a gate', () => {
  test('G14: is refused without a turn of this opening, and judged with one', async () => {
    const slot = await createSlot(pool)
    const { restaurantId, serviceDate } = slot
    const { openingId } = await createOpening({ restaurantId, opensInMinutes: -10 })
    const elsewhere = await createOpening({ opensInMinutes: -10 })
    const bookWith = async (turnOf: string | null) =>
      placeReservation({
        dinerId: (await createAccount(pool)).id,
        key: 'k',
        address: null,
        turnOf,
        request: {
          restaurantId,
          serviceDate,
          startsAt: slot.startsAt.toISOString(),
          partySize: 2,
        },
      })
    expect(await bookWith(null)).toMatchObject({ reason: 'no-turn', details: { openingId } })
    expect(await bookWith(elsewhere.openingId)).toMatchObject({ reason: 'no-turn' })
    expect(await bookWith(openingId)).toMatchObject({ ok: true })
  })

  test('G3: before the instant nobody books, with or without a turn', async () => {
    const slot = await createSlot(pool)
    const { restaurantId, serviceDate } = slot
    const { openingId } = await createOpening({ restaurantId, opensInMinutes: 10 })
    const booked = await placeReservation({
      dinerId: (await createAccount(pool)).id,
      key: 'k',
      address: null,
      turnOf: openingId,
      request: { restaurantId, serviceDate, startsAt: slot.startsAt.toISOString(), partySize: 2 },
    })
    expect(booked).toMatchObject({ reason: 'not-open-yet' })
  })

  test.each([
    ['before the instant', 10, 'not-open-yet'],
    ['after it', -10, 'no-turn'],
  ])(
    'G14: %s a process that has seen the board refuses without asking anybody',
    async (_, opensInMinutes, reason) => {
      const slot = await createSlot(pool)
      const { restaurantId, serviceDate } = slot
      const { openingId } = await createOpening({ restaurantId, opensInMinutes })
      await readBoard({ idOrSlug: restaurantId, date: serviceDate })
      const queries = vi.spyOn(pool, 'query')
      const request = {
        restaurantId,
        serviceDate,
        startsAt: slot.startsAt.toISOString(),
        partySize: 2,
      }
      const asked = { dinerId: randomUUID(), key: 'k', address: null, request }
      expect(refuseByGate({ ...asked, turnOf: null })).toMatchObject({ reason })
      expect(refuseByGate({ ...asked, turnOf: openingId })).toMatchObject({ ok: true })
      expect(queries).not.toHaveBeenCalled()
    },
  )

  test('when the gate has ended, anyone may book', async () => {
    const slot = await createSlot(pool)
    const { restaurantId, serviceDate } = slot
    await createOpening({ restaurantId, opensInMinutes: -61 })
    const booked = await placeReservation({
      dinerId: (await createAccount(pool)).id,
      key: 'k',
      address: null,
      request: { restaurantId, serviceDate, startsAt: slot.startsAt.toISOString(), partySize: 2 },
    })
    expect(booked.ok).toBe(true)
  })
})
