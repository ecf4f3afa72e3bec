import { createPublicKey, verify } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { readLogFacts } from '@/domain/proof/log.queries'
import { makeMailboxKey } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { queueConfirmed } from '../support/notices'
import { createOpening, passTime } from '../support/opening-scene'
import { asProcessWith, type OtherProcess } from '../support/other-process'
import { actorOf, setUpWeek } from '../support/schedule-scene'

const A = 'q3VwTz8KpYxN1sRb5uHgLd0mJcFe7oAi-WkXvQy2Zt4'
const B = 'Zr7-nCj1DhUe5YbMx0PqGw9oKsTv3LfAi8RkWyQ2cXm'
const C = 'hW4xPz9rLt2kVb7nQs5jDf8mGc3yUe6oAi1-RwXqTz0'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const idOf = (secret: string) =>
  asProcessWith({ AUTH_SECRET: secret }, async ({ signingKey }) => signingKey().id)

/** An opening that a process announced, moved on until its lobby is open. */
async function announce(process: OtherProcess): Promise<string> {
  const week = await setUpWeek()
  const answer = await process.announceOpening({
    restaurantId: week.restaurantId,
    actor: actorOf(week.ownerId),
    plan: {
      serviceDate: week.date,
      opensAt: new Date(Date.now() + 60 * 60_000).toISOString(),
      lobbyMinutes: 120,
      gateMinutes: 60,
      orderBy: 'DRAW',
      turnsPerSecond: 5,
    },
  })
  if (!answer.ok) throw new Error(answer.reason)
  return answer.value.openingId
}

const enter = async (process: OtherProcess, openingId: string, accountId: string) =>
  process.enterOpening({ openingId, accountId, epoch: 0, sessionId: null })

/** The id that a secret of ours gives to an entry, by the mailbox of an account. */
async function nameBy(secret: string, { openingId, email }: { openingId: string; email: string }) {
  const key = makeMailboxKey({ openingId, secret })
  const [named] = await database.query<{ id: string }>('SELECT name_mailbox_entry($1, $2) AS id', [
    key,
    email,
  ])
  return named?.id
}

async function mustEnter(...asked: Parameters<typeof enter>) {
  const entered = await enter(...asked)
  if (!entered.ok) throw new Error(entered.reason)
  return entered.value
}

/** Whether one of these keys has signed a receipt, as any third person would check it. */
function isSignedByOne(keys: readonly string[], receipt: string): boolean {
  const [said = '', seal = ''] = receipt.split('.').map((part) => Buffer.from(part, 'base64url'))
  return keys.some((x) => {
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } })
    return verify(null, Buffer.from(said), key, Buffer.from(seal))
  })
}

describe('an opening announced under one key', () => {
  /** Announced under A, with one diner in its lobby. */
  const announced = async () => {
    const { id: accountId } = await createAccount(pool)
    return asProcessWith({ AUTH_SECRET: A }, async (process) => {
      const openingId = await announce(process)
      return { openingId, accountId, entry: await mustEnter(process, openingId, accountId) }
    })
  }

  test.each([`${B},${A}`, `${A},${B}`])(
    'G13: names its entries by it, whatever stands before it or after it',
    async (secrets) => {
      const { openingId, accountId, entry } = await announced()
      const later = await createAccount(pool)
      await asProcessWith({ AUTH_SECRET: secrets }, async (process) => {
        expect(await mustEnter(process, openingId, accountId)).toMatchObject({
          entryId: entry.entryId,
        })
        const { entryId } = await mustEnter(process, openingId, later.id)
        expect(entryId).toBe(await nameBy(A, { openingId, email: later.email }))
        expect(entryId).not.toBe(await nameBy(B, { openingId, email: later.email }))
      })
    },
  )

  test('G13: takes nobody by another name where the key is missing, and such a process is not ready', async () => {
    const { openingId, accountId, entry } = await announced()
    const later = await createAccount(pool)
    const id = await idOf(A)
    await asProcessWith({ AUTH_SECRET: B }, async (process) => {
      expect(await process.judgeKeys()).toMatchObject({
        reason: 'key-in-use',
        details: { keys: [{ id, neededUntil: expect.any(String) }] },
      })
      expect(await enter(process, openingId, later.id)).toMatchObject({ reason: 'busy' })
      expect(await mustEnter(process, openingId, accountId)).toMatchObject({
        entryId: entry.entryId,
      })
    })
    // The control: with both keys it is ready, and told until when it needs the older one.
    await asProcessWith({ AUTH_SECRET: `${B},${A}` }, async (process) => {
      expect(await process.judgeKeys()).toMatchObject({
        ok: true,
        value: [{ neededUntil: null }, { id, neededUntil: expect.any(String) }],
      })
    })
  })

  test('may have its key dropped once its gate has fallen, or when it was cancelled', async () => {
    const { openingId } = await announced()
    await asProcessWith({ AUTH_SECRET: B }, async ({ judgeKeys }) => {
      expect(await judgeKeys()).toMatchObject({ reason: 'key-in-use' })
      await passTime({ database, openingId, seconds: 2 * 60 * 60 + 1 })
      expect(await judgeKeys()).toMatchObject({ ok: true })
    })
    const other = await announced()
    await database.query(
      `UPDATE openings SET cancelled_at = date_trunc('milliseconds', now()), cancelled_for = '쉬어요' WHERE id = $1`,
      [other.openingId],
    )
    await asProcessWith({ AUTH_SECRET: B }, async ({ judgeKeys }) => {
      expect(await judgeKeys()).toMatchObject({ ok: true })
    })
  })

  test('takes entries by the signing key where the operator has given its own up', async () => {
    const { openingId } = await announced()
    const later = await createAccount(pool)
    const given = { AUTH_SECRET: B, GIVEN_UP_KEYS: await idOf(A) }
    await asProcessWith(given, async (process) => {
      expect(await process.judgeKeys()).toMatchObject({ ok: true })
      expect(await mustEnter(process, openingId, later.id)).toMatchObject({
        entryId: await nameBy(B, { openingId, email: later.email }),
      })
    })
  })

  test('G15: keeps its receipts as proofs after the key is dropped', async () => {
    const { openingId, entry } = await announced()
    await passTime({ database, openingId, seconds: 60 * 60 + 10 })
    await asProcessWith({ AUTH_SECRET: B }, async (process) => {
      const { data } = await process.readOpening(openingId)
      const own = process.listPublicKeys().map(({ publicKey }) => publicKey)
      expect(data?.receiptKeys[0]).toBe(own[0])
      expect(isSignedByOne(data?.receiptKeys ?? [], entry.receipt)).toBe(true)
      // The control: of the keys that the process has, none has signed it.
      expect(isSignedByOne(own, entry.receipt)).toBe(false)
    })
    const facts = await readLogFacts({ db: pool, openingId })
    expect(isSignedByOne(facts?.receiptKeys ?? [], entry.receipt)).toBe(true)
  })

  test('G13: before openings named their key is given the oldest one, which had named its entries', async () => {
    const { openingId } = await createOpening()
    const diner = await createAccount(pool)
    const entry = await asProcessWith({ AUTH_SECRET: A }, (process) =>
      mustEnter(process, openingId, diner.id),
    )
    expect(entry.entryId).toBe(await nameBy(A, { openingId, email: diner.email }))
    await asProcessWith({ AUTH_SECRET: `${B},${A}` }, async ({ judgeKeys }) => {
      expect(await judgeKeys()).toMatchObject({ ok: true })
    })
    await asProcessWith({ AUTH_SECRET: B }, async ({ judgeKeys }) => {
      expect(await judgeKeys()).toMatchObject({ reason: 'key-in-use' })
    })
  })
})

describe('a mailed link', () => {
  /** A confirmation that a process of this key mailed, and the link in it. */
  const mail = () =>
    asProcessWith({ AUTH_SECRET: A }, async (process) => {
      const { reservationId: id, recipient: mailbox } = await queueConfirmed(pool)
      await process.claimNotices({ limit: 5, leaseToken: id, leaseMs: 60_000 })
      return { id, mailbox, token: process.signMailboxLink({ kind: 'cancel', id, mailbox }) }
    })

  test('names its key: it opens wherever that key is, first or last', async () => {
    const { id, mailbox, token } = await mail()
    const id4 = await idOf(A)
    expect(Buffer.from(token, 'base64url').toString('hex', 0, 4)).toBe(id4)
    for (const secrets of [`${A},${B}`, `${B},${A}`])
      await asProcessWith({ AUTH_SECRET: secrets }, async ({ readMailboxLink }) => {
        const link = readMailboxLink({ kind: 'cancel', token })
        expect([link?.id, link?.isMailedTo(mailbox)]).toEqual([id, true])
      })
    await asProcessWith({ AUTH_SECRET: B }, async ({ readMailboxLink }) => {
      expect(readMailboxLink({ kind: 'cancel', token })).toBeNull()
    })
  })

  test('keeps its key in use until its reservation is over', async () => {
    const { id } = await mail()
    await asProcessWith({ AUTH_SECRET: B }, async ({ judgeKeys }) => {
      expect(await judgeKeys()).toMatchObject({ reason: 'key-in-use' })
      await database.query(
        `UPDATE reservations SET starts_at = now() - interval '3 hours', ends_at = now() - interval '1 minute' WHERE id = $1`,
        [id],
      )
      expect(await judgeKeys()).toMatchObject({ ok: true })
    })
  })

  test('keeps its key in use when its reservation moves to a later time', async () => {
    const { id } = await mail()
    const [moved] = await database.query<{ endsAt: Date }>(
      `UPDATE reservations SET starts_at = starts_at + interval '20 days', ends_at = ends_at + interval '20 days'
        WHERE id = $1 RETURNING ends_at AS "endsAt"`,
      [id],
    )
    await asProcessWith({ AUTH_SECRET: `${B},${A}` }, async ({ judgeKeys }) => {
      expect(await judgeKeys()).toMatchObject({
        value: [{ neededUntil: null }, { neededUntil: moved?.endsAt.toISOString() }],
      })
    })
  })

  test('of a reservation made an hour after the key last signed keeps nothing in use', async () => {
    const { id } = await mail()
    await database.query(`UPDATE auth_keys SET last_signed_at = now() - interval '2 hours'`)
    await asProcessWith({ AUTH_SECRET: B }, async ({ judgeKeys }) => {
      expect(await judgeKeys()).toMatchObject({ ok: true })
      // The control: one that was there then does.
      await database.query(
        `UPDATE reservations SET created_at = now() - interval '2 hours' WHERE id = $1`,
        [id],
      )
    })
    await asProcessWith({ AUTH_SECRET: B }, async ({ judgeKeys }) => {
      expect(await judgeKeys()).toMatchObject({ reason: 'key-in-use' })
    })
  })

  test('is noted before it is mailed, and at most once an hour', async () => {
    await mail()
    const read = async () =>
      (await database.query<{ at: Date }>('SELECT last_signed_at AS at FROM auth_keys'))[0]?.at
    const noted = await read()
    const claim = () =>
      asProcessWith({ AUTH_SECRET: A }, ({ claimNotices }) =>
        claimNotices({ limit: 1, leaseToken: crypto.randomUUID(), leaseMs: 1_000 }),
      )
    await claim()
    expect(await read()).toEqual(noted)
    await database.query(`UPDATE auth_keys SET last_signed_at = now() - interval '61 minutes'`)
    const old = await read()
    await claim()
    expect((await read())?.getTime()).toBeGreaterThan(old?.getTime() ?? 0)
  })

  test('of a cancelled reservation needs no key', async () => {
    const { id } = await mail()
    await database.query(
      `UPDATE reservations SET status = 'CANCELLED', cancelled_by = 'DINER' WHERE id = $1`,
      [id],
    )
    await asProcessWith({ AUTH_SECRET: B }, async ({ judgeKeys }) => {
      expect(await judgeKeys()).toMatchObject({ ok: true })
    })
  })
})

describe('a published key', () => {
  test('that has signed nothing may be dropped; the first ones of all may have', async () => {
    await queueConfirmed(pool)
    await asProcessWith({ AUTH_SECRET: `${B},${A}` }, ({ judgeKeys }) => judgeKeys())
    await asProcessWith({ AUTH_SECRET: B }, async ({ judgeKeys }) => {
      expect(await judgeKeys()).toMatchObject({ reason: 'key-in-use' })
    })
    await asProcessWith({ AUTH_SECRET: `${B},${A},${C}` }, ({ judgeKeys }) => judgeKeys())
    await asProcessWith({ AUTH_SECRET: `${B},${A}` }, async ({ judgeKeys }) => {
      expect(await judgeKeys()).toMatchObject({ ok: true })
    })
  })

  test('is neither changed nor taken back', async () => {
    await asProcessWith({ AUTH_SECRET: A }, ({ judgeKeys }) => judgeKeys())
    for (const sql of [
      'DELETE FROM auth_keys',
      `UPDATE auth_keys SET public_key = repeat('A', 43)`,
    ])
      await expect(database.query(sql)).rejects.toMatchObject({ constraint: 'auth_keys_stay' })
    expect(await database.query('SELECT key_id AS id FROM auth_keys')).toEqual([
      { id: await idOf(A) },
    ])
  })
})
