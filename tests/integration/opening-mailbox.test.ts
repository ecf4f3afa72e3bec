import { createHmac } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { enterOpening } from '@/domain/opening/commands'
import { readReceipt } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { env } from '@/lib/env'
import { createAccount } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { createOpening } from '../support/opening-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const signUp = async (email: string) => (await createAccount(pool, { email })).id
const enter = (openingId: string, accountId: string) =>
  enterOpening({ openingId, accountId, epoch: 0, sessionId: null })

const createEarlierOpening = () => createOpening({ opensInMinutes: 10, entryBy: 'ACCOUNT' })

/** Ten spellings of one mailbox, each an account with a confirmed address. */
const signUpTen = () =>
  Promise.all(Array.from({ length: 10 }, (_, index) => signUp(`k.i.m+${index}@gmail.com`)))

describe('G13: one draw a mailbox', () => {
  test('control: in an opening announced before, each account of a mailbox has one', async () => {
    const { openingId } = await createEarlierOpening()
    const entered = await Promise.all((await signUpTen()).map((id) => enter(openingId, id)))
    expect(entered.filter(({ ok }) => ok)).toHaveLength(10)
  })

  test('ten accounts of one mailbox at once have one entry, and nine are told so', async () => {
    const { openingId } = await createOpening({ opensInMinutes: 10 })
    const entered = await Promise.all((await signUpTen()).map((id) => enter(openingId, id)))
    expect(entered.filter(({ ok }) => ok)).toHaveLength(1)
    for (const answer of entered)
      expect(answer.ok || answer.reason).toSatisfy(
        (said) => said === true || said === 'mailbox-entered',
      )
    expect(await database.query('SELECT FROM opening_entries')).toHaveLength(1)
  })

  test('the one that entered gets its entry and receipt again, the others never one of theirs', async () => {
    const { openingId } = await createOpening({ opensInMinutes: 10 })
    const [first, second] = [await signUp('kim@naver.com'), await signUp('kim+2@naver.com')]
    const entered = await enter(openingId, first)
    expect(await enter(openingId, second)).toMatchObject({ reason: 'mailbox-entered' })
    expect(await enter(openingId, first)).toEqual(entered)
    const other = await signUp('kim@daum.net')
    expect(await enter(openingId, other)).toMatchObject({ ok: true })
  })

  test('an entry is HMAC of opening and mailbox, not of the account', async () => {
    const { openingId } = await createOpening({ opensInMinutes: 10 })
    const accountId = await signUp('K.im+friday@googlemail.com'.toLowerCase())
    const entered = await enter(openingId, accountId)
    const key = createHmac('sha256', env.AUTH_SECRET.at(-1) ?? '')
      .update(`bobjool mailbox ${openingId}`)
      .digest()
    const name = createHmac('sha256', key).update('kim@gmail.com').digest('hex').slice(0, 32)
    expect(entered).toMatchObject({ ok: true, value: { entryId: name } })
    expect(entered.ok && readReceipt(entered.value.receipt)?.e).toBe(name)
    const another = await createOpening({ opensInMinutes: 10 })
    expect(await enter(another.openingId, accountId)).not.toMatchObject({
      value: { entryId: name },
    })
  })

  test('the address of now counts, whatever the session was made with', async () => {
    const { openingId } = await createOpening({ opensInMinutes: 10 })
    const [first, second] = [await signUp('kim@gmail.com'), await signUp('lee@gmail.com')]
    await enter(openingId, first)
    await database.query(`UPDATE accounts SET email = 'k.im@gmail.com' WHERE id = $1`, [second])
    expect(await enter(openingId, second)).toMatchObject({ reason: 'mailbox-entered' })
  })

  test('the entry of a deleted account goes to the next one of its mailbox: no new draw', async () => {
    const { openingId } = await createOpening({ opensInMinutes: 10 })
    const first = await signUp('kim@gmail.com')
    const entered = await enter(openingId, first)
    await database.query('DELETE FROM accounts WHERE id = $1', [first])
    const next = await signUp('k.im@gmail.com')
    const again = await Promise.all([enter(openingId, next), enter(openingId, next)])
    for (const answer of again)
      expect(answer).toMatchObject({
        ok: true,
        value: { entryId: entered.ok && entered.value.entryId },
      })
    expect(await enter(openingId, await signUp('ki.m@gmail.com'))).toMatchObject({
      reason: 'mailbox-entered',
    })
    expect(await database.query('SELECT FROM opening_entries')).toHaveLength(1)
  })

  test('an opening announced before keeps its entries, and its rule', async () => {
    const { openingId } = await createEarlierOpening()
    const accountId = await signUp('kim@gmail.com')
    const entered = await enter(openingId, accountId)
    expect(await enter(openingId, accountId)).toEqual(entered)
    expect(await enter(openingId, await signUp('k.im@gmail.com'))).toMatchObject({ ok: true })
  })
})
