import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { shareDevice } from '@/domain/identity/tablet.commands'
import { drainOutbox } from '@/domain/notification/commands'
import { findAuthor } from '@/domain/restaurant/author.commands'
import { listAuthors, listOwnPins } from '@/domain/restaurant/author.queries'
import { changeAuthorMinutes, giveMemberPin, setOwnPin } from '@/domain/restaurant/pin.commands'
import { removeMember } from '@/domain/restaurant/staff.commands'
import { readLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { securityStream } from '@/lib/log'
import { closeMail } from '@/lib/mail/mail'
import { createAccount } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { useInbox } from '../support/inbox'
import { givePinTo, OTHER_PIN, PIN, setUpTablet } from '../support/pin-scene'
import { findInDatabase } from '../support/search-database'
import { holdSession } from '../support/session-scene'
import { actorOf, listActs } from '../support/settings-scene'
import { takePinTryWithoutLock } from '../support/unprotected-pins'

const database = useDatabase()
const inbox = useInbox()
afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
})

/** As if the wait after wrong PINs were over. */
const endWaits = async () => {
  await database.query('UPDATE pin_tries SET wait_until = NULL')
  await database.query('UPDATE sessions SET wrong_pins = 0')
}
const readTries = () =>
  database.query<{ wrong: number; isLocked: boolean }>(
    'SELECT wrong, locked_at IS NOT NULL AS "isLocked" FROM pin_tries',
  )
const accountOf = async (id: string) => {
  const [account] = await database.query<{ email: string }>(
    'SELECT email FROM accounts WHERE id = $1',
    [id],
  )
  return account ?? { email: '' }
}
const idIn = (token: string) => readLink({ kind: 'author', token }) ?? ''

describe('a PIN', () => {
  test('is set by its own person with a fresh proof, and stands nowhere as it is', async () => {
    const { restaurantId, hire, tablet, prove } = await setUpTablet()
    const accountId = await hire('박서준')
    const { sessionId } = await holdSession(accountId)
    const own = { restaurantId, actor: actorOf(accountId), sessionId }
    expect(await setOwnPin({ ...own, pin: '1234' })).toMatchObject({ reason: 'pin-guessable' })
    await database.query(
      `UPDATE sessions SET proved_at = now() - interval '11 minutes' WHERE id = $1`,
      [sessionId],
    )
    expect(await setOwnPin({ ...own, pin: '590317' })).toMatchObject({ reason: 'proof-needed' })
    await database.query('UPDATE sessions SET proved_at = now() WHERE id = $1', [sessionId])
    expect(await setOwnPin({ ...own, pin: '590317' })).toMatchObject({ ok: true })
    expect(await findInDatabase(database, '590317')).toEqual([])
    expect(await findInDatabase(database, '$argon2id')).not.toContain('staff_pins')
    expect(await prove(accountId, '590317')).toMatchObject({ ok: true, value: { name: '박서준' } })
    const stranger = await createAccount(pool)
    const { sessionId: theirs } = await holdSession(stranger.id)
    const asked = { restaurantId, actor: actorOf(stranger.id), sessionId: theirs, pin: '590317' }
    expect(await setOwnPin(asked)).toMatchObject({ reason: 'not-found' })
    expect(tablet.accountId).not.toBe(accountId)
  })

  test('two people may have the same one: each is chosen first', async () => {
    const { restaurantId, hire, han, prove } = await setUpTablet()
    const same = await hire('최유진')
    await givePinTo({ restaurantId, accountId: same })
    expect(await prove(han, PIN)).toMatchObject({ value: { accountId: han } })
    expect(await prove(same, PIN)).toMatchObject({ value: { accountId: same } })
  })

  test('given by an owner works once, for a day, and only to choose another', async () => {
    const { restaurantId, ownerId, tablet, han, prove } = await setUpTablet()
    const asked = { restaurantId, accountId: han, actor: actorOf(ownerId) }
    const given = await giveMemberPin({ ...asked, sessionId: tablet.sessionId })
    if (!given.ok) throw new Error(given.reason)
    const { pin } = given.value
    expect(pin).toMatch(/^\d{6}$/)
    expect(await listOwnPins(han)).toMatchObject([{ restaurantId, state: 'ONE_TIME' }])
    expect(await prove(han, PIN), 'the former one').toMatchObject({ reason: 'wrong-pin' })
    expect(await prove(han, pin)).toMatchObject({ reason: 'pin-must-change' })
    expect(await prove(han, pin, '4321')).toMatchObject({ reason: 'pin-guessable' })
    expect(await prove(han, pin, '730581')).toMatchObject({ ok: true })
    expect(await prove(han, pin)).toMatchObject({ reason: 'wrong-pin' })
    expect(await prove(han, '730581')).toMatchObject({ ok: true })
    expect(await listOwnPins(han)).toMatchObject([{ state: 'SET' }])
    const late = await giveMemberPin({ ...asked, sessionId: tablet.sessionId })
    await database.query(`UPDATE staff_pins SET set_at = now() - interval '25 hours'`)
    expect(late.ok && (await prove(han, late.value.pin))).toMatchObject({ reason: 'wrong-pin' })
  })

  test('is given by owners alone, to members alone, with a fresh proof', async () => {
    const { restaurantId, ownerId, tablet, han, seo } = await setUpTablet()
    const { sessionId } = tablet
    const asked = { restaurantId, accountId: han, actor: actorOf(ownerId), sessionId }
    const { sessionId: ofSeo } = await holdSession(seo)
    const byStaff = { ...asked, actor: actorOf(seo), sessionId: ofSeo }
    expect(await giveMemberPin(byStaff)).toMatchObject({ reason: 'not-found' })
    const { id: accountId } = await createAccount(pool)
    expect(await giveMemberPin({ ...asked, accountId })).toMatchObject({ reason: 'not-found' })
    await database.query('UPDATE sessions SET proof = NULL, proved_at = NULL')
    expect(await giveMemberPin(asked)).toMatchObject({ reason: 'proof-needed' })
    expect(await listActs(restaurantId)).toEqual([])
  })
})

describe('a PIN guessed', () => {
  test('waits from the fifth wrong one on, locks at the fifteenth, and its person is told', async () => {
    const noted: object[] = []
    const spy = vi.spyOn(securityStream, 'info').mockImplementation((line: unknown) => {
      noted.push(Object(line))
    })
    const { restaurantId, han, prove } = await setUpTablet()
    for (let wrong = 1; wrong <= 5; wrong += 1)
      expect(await prove(han, '9999')).toMatchObject({ reason: 'wrong-pin' })
    expect(await prove(han, PIN), 'the right one, too early').toMatchObject({
      reason: 'rate-limited',
      details: { retryAfterMs: expect.any(Number) },
    })
    expect(await readTries()).toEqual([{ wrong: 5, isLocked: false }])
    for (let wrong = 6; wrong <= 15; wrong += 1) {
      await endWaits()
      expect(await prove(han, '9999')).toMatchObject({ reason: 'wrong-pin' })
    }
    await endWaits()
    expect(await prove(han, PIN), 'the right one, locked').toMatchObject({ reason: 'pin-locked' })
    expect(await listOwnPins(han)).toMatchObject([{ state: 'LOCKED' }])
    expect(noted).toContainEqual(expect.objectContaining({ act: 'LOCK_PIN', subjectId: han }))
    spy.mockRestore()
    expect(await listActs(restaurantId)).toMatchObject([{ act: 'LOCK_PIN', actorRole: 'SERVICE' }])
    await drainOutbox()
    const { email } = await accountOf(han)
    expect(inbox.listMails(email).map(({ subject }) => subject)).toEqual(['PIN이 잠겼어요'])
    const { sessionId } = await holdSession(han)
    const own = { restaurantId, actor: actorOf(han), sessionId, pin: '730581' }
    expect(await setOwnPin(own)).toMatchObject({ ok: true })
    expect(await prove(han, '730581')).toMatchObject({ ok: true })
  })

  test('a right one ends the count', async () => {
    const { han, prove } = await setUpTablet()
    for (let wrong = 1; wrong <= 4; wrong += 1) await prove(han, '9999')
    expect(await prove(han, PIN)).toMatchObject({ ok: true })
    expect(await readTries()).toEqual([])
    for (let wrong = 1; wrong <= 4; wrong += 1)
      expect(await prove(han, '9999')).toMatchObject({ reason: 'wrong-pin' })
  })

  test('of a person without one is told and counted the same', async () => {
    const { hire, han, prove } = await setUpTablet()
    const without = await hire('박서준')
    const answers = async (accountId: string) => {
      const told: string[] = []
      for (let wrong = 1; wrong <= 6; wrong += 1) {
        const answer = await prove(accountId, '9999')
        told.push(answer.ok ? 'ok' : answer.reason)
      }
      return told
    }
    expect(await answers(without)).toEqual(await answers(han))
  })

  test('on one tablet by guessing at everybody is stopped for the tablet', async () => {
    const { hire, prove } = await setUpTablet()
    for (let person = 0; person < 5; person += 1) {
      const accountId = await hire(`직원${person}`)
      for (let wrong = 1; wrong <= 4; wrong += 1)
        expect(await prove(accountId, '9999')).toMatchObject({ reason: 'wrong-pin' })
    }
    expect(await prove(await hire('직원5'), '9999')).toMatchObject({ reason: 'rate-limited' })
    await database.query(`UPDATE sessions SET wrong_pins_since = now() - interval '16 minutes'`)
    expect(await prove(await hire('직원6'), '9999')).toMatchObject({ reason: 'wrong-pin' })
  })

  test('control: counting by reading and then writing lets more than five of fifty be judged', async () => {
    const { restaurantId, han: accountId } = await setUpTablet()
    const judged = await Promise.all(
      Array.from({ length: 50 }, () => takePinTryWithoutLock({ restaurantId, accountId })),
    )
    expect(judged.filter(Boolean).length).toBeGreaterThan(5)
  })

  test('fifty times at once is judged five times, and the others are told to wait', async () => {
    const { han, prove } = await setUpTablet()
    const answers = await Promise.all(Array.from({ length: 50 }, () => prove(han, '9999')))
    const told = answers.map((answer) => (answer.ok ? 'ok' : answer.reason))
    expect(told.filter((reason) => reason === 'wrong-pin')).toHaveLength(5)
    expect(told.filter((reason) => reason === 'rate-limited')).toHaveLength(45)
    expect(await readTries()).toEqual([{ wrong: 5, isLocked: false }])
  })
})

describe('an author', () => {
  test('is a person on the staff, on a shared tablet of that restaurant', async () => {
    const one = await setUpTablet()
    const other = await setUpTablet()
    expect(await one.prove(other.han, PIN)).toMatchObject({ reason: 'not-found' })
    expect(await one.prove(one.ownerId, PIN), 'has no PIN').toMatchObject({ reason: 'wrong-pin' })
    await database.query('UPDATE sessions SET shared_at = NULL')
    expect(await one.prove(one.han, PIN)).toMatchObject({ reason: 'not-shared' })
  })

  test('ends with their place on the staff and with another PIN', async () => {
    const { restaurantId, ownerId, tablet, han, seo, prove } = await setUpTablet()
    const [one, two] = [await prove(han, PIN), await prove(seo, OTHER_PIN)]
    if (!one.ok || !two.ok) throw new Error('both PINs are right')
    const { sessionId } = tablet
    const find = (token: string) => findAuthor({ id: idIn(token), sessionId, actedAt: null })
    expect(await find(one.value.token)).toMatchObject({ accountId: han, isFresh: true })
    await removeMember({ restaurantId, accountId: han, actor: actorOf(ownerId) })
    expect(await find(one.value.token)).toBeNull()
    expect(await prove(han, PIN)).toMatchObject({ reason: 'not-found' })
    expect(await find(two.value.token)).toMatchObject({ accountId: seo })
    await givePinTo({ restaurantId, accountId: seo }, { pin: '590317' })
    expect(await find(two.value.token)).toBeNull()
  })

  test('is asked for again after the restaurant’s minutes without an act, by the database’s clock', async () => {
    const { restaurantId, ownerId, tablet, han, prove } = await setUpTablet()
    const asked = { restaurantId, actor: actorOf(ownerId) }
    expect(await changeAuthorMinutes({ ...asked, minutes: 3 })).toMatchObject({ ok: true })
    expect(await listAuthors(restaurantId)).toMatchObject({ minutes: 3 })
    const proven = await prove(han, PIN)
    if (!proven.ok) throw new Error(proven.reason)
    const id = idIn(proven.value.token)
    const find = async (actedAt: Date | null = null) =>
      (await findAuthor({ id, sessionId: tablet.sessionId, actedAt }))?.isFresh
    const age = (column: string, minutes: number) =>
      database.query(
        `UPDATE tablet_authors SET ${column} = now() - $1::integer * interval '1 minute'`,
        [minutes],
      )
    await age('acted_at', 2)
    expect(await find()).toBe(true)
    await age('acted_at', 4)
    expect(await find()).toBe(false)
    // What was tapped while they were there, and waited for the network.
    await age('proved_at', 20)
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)
    expect(await find(minutesAgo(10))).toBe(true)
    expect(await find(minutesAgo(25)), 'before they gave their PIN').toBe(false)
    await age('proved_at', 13 * 60)
    expect(await find(minutesAgo(10)), 'half a day later').toBe(false)
  })

  test('is of one tablet: on another the same token is nobody’s', async () => {
    const { ownerId, han, prove } = await setUpTablet()
    const { sessionId } = await holdSession(ownerId)
    const proven = await prove(han, PIN)
    const id = proven.ok ? idIn(proven.value.token) : ''
    expect(await findAuthor({ id, sessionId, actedAt: null })).toMatchObject({ isFresh: false })
  })
})

test('a device is shared without a proof, and its own again only with one', async () => {
  const { ownerId, tablet } = await setUpTablet()
  const own = { accountId: ownerId, sessionId: tablet.sessionId, address: null }
  await database.query('UPDATE sessions SET proof = NULL, proved_at = NULL, shared_at = NULL')
  expect(await shareDevice({ ...own, isShared: true })).toMatchObject({ value: { isShared: true } })
  expect(await shareDevice({ ...own, isShared: false })).toMatchObject({ reason: 'proof-needed' })
  await database.query(`UPDATE sessions SET proof = 'PASSWORD', proved_at = now()`)
  expect(await shareDevice({ ...own, isShared: false })).toMatchObject({ ok: true })
  const unnamed = { ...own, sessionId: null, isShared: true }
  expect(await shareDevice(unnamed)).toMatchObject({ reason: 'signed-out' })
})
