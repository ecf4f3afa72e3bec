import { beforeEach, describe, expect, test } from 'vitest'
import { needPasskey } from '@/domain/identity/passkey.commands'
import { claimsOf } from '@/domain/identity/rules'
import { openSession } from '@/domain/identity/session.commands'
import type { Proof } from '@/domain/identity/types'
import { signSession } from '@/lib/crypto/session-token'
import { pool } from '@/lib/db/database'
import { cookieName } from '@/lib/http/session'
import { createAccount, createRestaurant, createStaff, DEMO_PASSWORD } from '@/prisma/factories'
import type { Account } from '@/prisma/generated/client'
import { askApi, expectProblem } from '../support/api-client'
import { useApps } from '../support/http-scene'
import { leaveOutScripts } from '../support/leave-out-scripts'
import { createHolder } from '../support/passkeys'
import { useGateway } from '../support/stack-gateway'

const strict = useApps({ env: { PASSKEY_ROLES: 'ADMIN,OWNER' } })
const lax = useApps()
const gateway = useGateway()
beforeEach(() => gateway.reset())

const browser = { browser: 'CHROME', system: 'MAC' } as const

async function signInWith({ account, proof }: { account: Account; proof: Proof }) {
  const opened = await openSession({ claims: claimsOf(account), proof, ...browser })
  if (!opened.ok) throw new Error(opened.reason)
  return signSession(opened.value)
}

async function createOwner() {
  const { account } = await createHolder({ role: 'OWNER' })
  const { id: restaurantId } = await createRestaurant(pool)
  await createStaff(pool, { restaurantId, accountId: account.id })
  const path = `/api/v1/restaurants/${restaurantId}/day`
  const ask = async ({ proof, url }: { proof: Proof; url: string }) =>
    askApi({ url, path, token: await signInWith({ account, proof }) })
  return { account, ask }
}

describe('where the operator requires a passkey for a role', () => {
  test('an owner acts in a session that has seen one, and in no other', async () => {
    const { ask } = await createOwner()
    const url = strict.urlOf()
    expectProblem(await ask({ proof: 'PASSWORD', url }), { status: 403, reason: 'passkey-needed' })
    expect((await ask({ proof: 'PASSKEY', url })).status).toBe(200)
    // Control: the same session where nothing is required.
    expect((await ask({ proof: 'PASSWORD', url: lax.urlOf() })).status).toBe(200)
  })

  test('an owner’s pages lead to the passkey, an admin’s too, and their account stays open', async () => {
    const url = strict.urlOf()
    for (const [role, path] of [
      ['OWNER', '/owner'],
      ['ADMIN', '/admin'],
      ['ADMIN', '/admin/people'],
    ] as const) {
      const { account } = await createHolder({ role })
      const visit = async (proof: Proof) =>
        askApi({ url, path, token: await signInWith({ account, proof }) })
      const led = await visit('PASSWORD')
      expect(`${led.status} ${led.headers.location}`).toMatch(
        /^307 \/account\/passkey\?callbackUrl=/,
      )
      expect((await visit('PASSKEY')).headers.location ?? null).toBeNull()
      const token = await signInWith({ account, proof: 'PASSWORD' })
      expect((await askApi({ url, path: '/account', token })).status).toBe(200)
      expect((await askApi({ url, path: '/account/passkey', token })).status).toBe(200)
    }
  })

  test('a person of that role without one is led to make it, and can’t put it off', async () => {
    const account = await createAccount(pool, { role: 'ADMIN' })
    const token = await signInWith({ account, proof: 'PASSWORD' })
    // The page's scripts hold the words for both.
    const visit = async (url: string) =>
      leaveOutScripts((await askApi({ url, path: '/account/passkey', token })).text)
    const text = await visit(strict.urlOf())
    expect(text).toContain('패스키 만들기')
    expect(text).not.toContain('나중에 만들기')
    expect(await visit(lax.urlOf())).toContain('나중에 만들기')
  })

  test('a diner is asked for nothing, and an owner may still sign out', async () => {
    const url = strict.urlOf()
    const diner = await createAccount(pool)
    const token = await signInWith({ account: diner, proof: 'PASSWORD' })
    expect((await askApi({ url, path: '/api/v1/reservations', token })).status).toBe(200)
    const { account } = await createOwner()
    const own = await signInWith({ account, proof: 'PASSWORD' })
    const left = await askApi({ url, method: 'DELETE', path: '/api/v1/session', token: own })
    expect(left.status).toBe(204)
  })
})

describe('the notice that asks admins and owners for a passkey', () => {
  const NOTICE = '패스키로 계정을 더 안전하게 지켜 주세요'
  const visit = async ({ account, cookie }: { account: Account; cookie?: string }) => {
    const token = await signInWith({ account, proof: 'PASSWORD' })
    const headers: Record<string, string> = cookie === undefined ? {} : { cookie }
    return (await askApi({ url: lax.urlOf(), path: '/admin', token, headers })).text
  }

  test('stands on their pages until they have one, or for a while after they put it off', async () => {
    const account = await createAccount(pool, { role: 'ADMIN' })
    expect(await visit({ account })).toContain(NOTICE)
    expect(await visit({ account, cookie: `${cookieName('passkey-later')}=1` })).not.toContain(
      NOTICE,
    )
    const holder = await createHolder({ role: 'ADMIN' })
    expect(await visit({ account: holder.account })).not.toContain(NOTICE)
  })
})

describe('signing in for a bearer token', () => {
  test('is refused `passkey-needed` after the right password of an account that asks for one', async () => {
    const { account, sessionId } = await createHolder()
    await needPasskey({ accountId: account.id, sessionId, address: null, isNeeded: true })
    const ask = (password: string) =>
      askApi({
        url: lax.urlOf(),
        method: 'POST',
        path: '/api/v1/session',
        body: { email: account.email, password },
      })
    expectProblem(await ask(DEMO_PASSWORD), { status: 403, reason: 'passkey-needed' })
    expectProblem(await ask('not this one'), { status: 401, reason: 'wrong-credentials' })
  })
})
