import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { enterByCode } from '@/domain/identity/code.commands'
import { drawNumbers } from '@/domain/identity/link-request.rules'
import { signInByLink } from '@/domain/identity/link-visit.commands'
import { enterByNumber, pickNumber } from '@/domain/identity/number.commands'
import { findAsking, findOwnRequest } from '@/domain/identity/queries'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { ageRequests, askForMail } from '../support/link-requests'
import { useGateway } from '../support/stack-gateway'
import { pickWithoutLock } from '../support/unprotected-links'

const database = useDatabase()
const gateway = useGateway()
afterAll(closeMail)
beforeEach(async () => {
  await gateway.reset()
  await database.truncateAll()
})

async function setUp() {
  const account = await createAccount(pool)
  const asked = await askForMail({ email: account.email })
  const { token = '', requestId } = asked
  if (token === null) throw new Error('no mail')
  const pick = (number: number | null) => pickNumber({ token, number, address: null })
  const enter = () => enterByNumber({ requestId, address: null })
  return { ...asked, account, token, pick, enter }
}

const nameAnswer = (answer: { ok: true } | { ok: false; reason: string }) =>
  answer.ok ? 'ok' : answer.reason

describe('signing in the browser that asked, from another', () => {
  test('names that browser and offers three numbers, one of them its own', async () => {
    const { token, number } = await setUp()
    const asking = await findAsking({ token, ownRequestId: null })
    expect(asking).toMatchObject({ browser: 'SAMSUNG', system: 'ANDROID' })
    expect(new Set(asking?.choices)).toHaveProperty('size', 3)
    expect(asking?.choices).toContain(number)
  })

  test('draws the number among its choices evenly, and each from 10 to 99', () => {
    const places = [0, 0, 0]
    let seed = 1
    const draw = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let drawn = 0; drawn < 3_000; drawn++) {
      const { number, choices } = drawNumbers(draw)
      const place = choices.indexOf(number)
      places[place] = (places[place] ?? 0) + 1
      expect(Math.min(...choices)).toBeGreaterThanOrEqual(10)
      expect(Math.max(...choices)).toBeLessThanOrEqual(99)
    }
    for (const count of places) expect(count).toBeGreaterThan(800)
  })

  test('takes the right number: then that browser, and no other, is signed in', async () => {
    const { account, requestId, number, pick, enter } = await setUp()
    expect(nameAnswer(await enter()), 'before the pick').toBe('number-over')
    expect(await pick(number)).toEqual({ ok: true, value: null })
    expect(await findOwnRequest(requestId)).toMatchObject({ state: 'picked' })
    expect(await enter()).toMatchObject({ ok: true, value: { accountId: account.id } })
    expect(nameAnswer(await enter())).toBe('link-used')
  })

  test('ends with a wrong number: number, link and code are over', async () => {
    const { requestId, code, token, number, otherNumber, pick, enter } = await setUp()
    expect(nameAnswer(await pick(otherNumber))).toBe('number-wrong')
    expect(nameAnswer(await pick(number))).toBe('number-over')
    expect(nameAnswer(await enter())).toBe('number-over')
    expect(nameAnswer(await signInByLink({ token, address: null }))).toBe('link-expired')
    const byCode = await enterByCode({ requestId, code, signUpId: null, address: null })
    expect(nameAnswer(byCode)).toBe('link-expired')
    expect(await findOwnRequest(requestId)).toMatchObject({ state: 'refused' })
  })

  test('ends with “that wasn’t me”, and is not offered again for a day', async () => {
    const { account, token, pick } = await setUp()
    expect(nameAnswer(await pick(null))).toBe('ok')
    expect(nameAnswer(await signInByLink({ token, address: null }))).toBe('link-expired')
    const next = await askForMail({ email: account.email })
    expect(await findAsking({ token: next.token ?? '', ownRequestId: null })).toBeNull()
    const picked = await pickNumber({
      token: next.token ?? '',
      number: next.number,
      address: null,
    })
    expect(nameAnswer(picked)).toBe('number-over')
    expect((await signInByLink({ token: next.token ?? '', address: null })).ok).toBe(true)
    await ageRequests(24 * 60)
    const later = await askForMail({ email: account.email })
    expect(await findAsking({ token: later.token ?? '', ownRequestId: null })).not.toBeNull()
  })

  test.each([
    ['all right', 1],
    ['every other one right', 2],
  ])('counts the first of twenty picks at once, %s', async (_, every) => {
    const { number, otherNumber, pick } = await setUp()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (__, nth) => pick(nth % every ? otherNumber : number)),
    )
    const names = answers.map(nameAnswer)
    expect(names.filter((name) => name === 'ok' || name === 'number-wrong')).toHaveLength(1)
  })

  test('control: read, then written, several of them count, and a wrong one can come last', async () => {
    const { requestId, number, otherNumber } = await setUp()
    const counted = await Promise.all(
      Array.from({ length: 20 }, (_, nth) =>
        pickWithoutLock({ requestId, number: nth % 2 ? otherNumber : number }),
      ),
    )
    expect(counted.filter(Boolean).length).toBeGreaterThan(1)
  })

  test('is over after ten minutes, before or after the pick', async () => {
    const { token, number, pick, enter } = await setUp()
    expect(nameAnswer(await pick(number))).toBe('ok')
    await ageRequests(10)
    expect(nameAnswer(await enter())).toBe('number-over')
    expect(await findAsking({ token, ownRequestId: null })).toBeNull()
  })

  test('is not offered to the browser that asked, nor for other mails', async () => {
    const { token, requestId } = await setUp()
    expect(await findAsking({ token, ownRequestId: requestId })).toBeNull()
    const { email } = await createAccount(pool)
    const reset = await askForMail({ email, purpose: 'RESET_PASSWORD' })
    expect(await findAsking({ token: reset.token ?? '', ownRequestId: null })).toBeNull()
    const picked = await pickNumber({
      token: reset.token ?? '',
      number: reset.number,
      address: null,
    })
    expect(nameAnswer(picked)).toBe('number-over')
  })

  test.each(['', 'x', 'a'.repeat(43), '../etc/passwd'])('refuses the link %j', async (token) => {
    expect(nameAnswer(await pickNumber({ token, number: 11, address: null }))).toBe('link-unknown')
  })
})
