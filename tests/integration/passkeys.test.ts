import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { connectLogin, disconnectLogin } from '@/domain/identity/external-login.commands'
import {
  addPasskey,
  beginAdding,
  needPasskey,
  removePasskey,
  renamePasskey,
} from '@/domain/identity/passkey.commands'
import { findPasskey, listPasskeys } from '@/domain/identity/passkey.queries'
import { readBytes } from '@/lib/crypto/passkey'
import { pool } from '@/lib/db/database'
import { env } from '@/lib/env'
import { createAccount } from '@/prisma/factories'
import { createAuthenticator, type Lie } from '../support/authenticator'
import { useDatabase } from '../support/database'
import {
  ageChallenges,
  createHolder,
  listActs,
  listMailed,
  nameAnswer,
  register,
} from '../support/passkeys'
import { holdSession } from '../support/session-scene'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const gateway = useGateway()
beforeEach(async () => {
  await gateway.reset()
  await database.truncateAll()
})

const browser = '크롬 · Android'
const address: string | null = null
const elsewhere = 'https://bobjoo1.example'

/** A confirmed account that is about to make a passkey, and its browser. */
async function askToAdd() {
  const account = await createAccount(pool)
  const browserId = randomUUID()
  const asked = await beginAdding({ accountId: account.id, browserId })
  if (!asked.ok) throw new Error(asked.reason)
  const { sessionId } = await holdSession(account.id)
  const own = { accountId: account.id, sessionId, address, browserId, browser }
  return { account, options: asked.value, own }
}

describe('making a passkey', () => {
  test('asks for one that is found without a name, verifies its person and certifies nothing', async () => {
    const { account, options } = await askToAdd()
    expect(options).toMatchObject({
      rp: { id: new URL(env.APP_URL).hostname },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      user: { name: account.email },
    })
  })

  test('names the account to authenticators by random bytes, the same each time', async () => {
    const { account, options, own } = await askToAdd()
    const handle = readBytes(options.user.id)
    expect(handle).toHaveLength(32)
    expect(Buffer.from(handle).toString()).not.toContain(account.email)
    expect(Buffer.from(handle).toString('hex')).not.toContain(account.id.replaceAll('-', ''))
    const again = await beginAdding(own)
    expect(again).toMatchObject({ value: { user: { id: options.user.id } } })
    const other = await askToAdd()
    expect(other.options.user.id).not.toBe(options.user.id)
  })

  test('adds it under the browser’s name, mails word of it and writes it down', async () => {
    const { account, options, own } = await askToAdd()
    const answer = createAuthenticator().make(options)
    expect(await addPasskey({ ...own, answer })).toMatchObject({ value: { name: browser } })
    expect(await listPasskeys(account.id)).toMatchObject([{ name: browser, lastUsedDate: null }])
    expect(await findPasskey(readBytes(answer.id))).toMatchObject({
      counter: 0n,
      isBackedUp: true,
      transports: ['internal', 'hybrid'],
    })
    expect(await listMailed(account.email)).toEqual(['PASSKEY_ADDED'])
    expect(await listActs(account.id)).toEqual(['ADD_PASSKEY'])
  })

  test('has an authenticator that holds one of the account make no second one', async () => {
    const { account } = await createHolder()
    const asked = await beginAdding({ accountId: account.id, browserId: randomUUID() })
    expect(asked.ok && asked.value.excludeCredentials).toHaveLength(1)
  })

  test('gives a second one of the same browser a name of its own', async () => {
    const { account } = await createHolder()
    await register({ accountId: account.id })
    const names = (await listPasskeys(account.id)).map(({ name }) => name)
    expect(names).toEqual([browser, `${browser} 2`])
  })

  const lies: [string, Lie, string][] = [
    ['another site', { origin: elsewhere }, 'passkey-other-site'],
    ['another host', { host: 'bobjoo1.example' }, 'passkey-other-site'],
    ['a frame in another site', { crossOrigin: true }, 'passkey-other-site'],
    ['signing in instead of making one', { type: 'webauthn.get' }, 'passkey-invalid'],
    ['an authenticator that verified nobody', { isUnverified: true }, 'passkey-unverified'],
    ['an authenticator that nobody touched', { isAbsent: true }, 'passkey-invalid'],
    ['a challenge of nobody’s', { challenge: 'A'.repeat(43) }, 'passkey-over'],
  ]
  test.each(lies)('refuses an answer of %s, and adds nothing', async (_name, lie, reason) => {
    const { account, options, own } = await askToAdd()
    const answer = createAuthenticator().make(options, lie)
    expect(nameAnswer(await addPasskey({ ...own, answer }))).toBe(reason)
    expect(await listPasskeys(account.id)).toEqual([])
    expect(await listMailed(account.email)).toEqual([])
  })

  test('refuses what is no attestation at all', async () => {
    const { options, own } = await askToAdd()
    const answer = createAuthenticator().make(options)
    const response = { ...answer.response, attestationObject: 'AAAA' }
    const added = await addPasskey({ ...own, answer: { ...answer, response } })
    expect(nameAnswer(added)).toBe('passkey-invalid')
  })

  test('refuses the answer of another browser, another account, and one of yesterday', async () => {
    const { options, own } = await askToAdd()
    const answer = createAuthenticator().make(options)
    const add = (change: Partial<typeof own>) => addPasskey({ ...own, ...change, answer })
    expect(nameAnswer(await add({ browserId: randomUUID() }))).toBe('passkey-over')
    const other = await createAccount(pool)
    expect(nameAnswer(await add({ accountId: other.id }))).toBe('passkey-other-account')
    expect(nameAnswer(await add({})), 'spent by the refusal').toBe('passkey-over')
    const later = await askToAdd()
    await ageChallenges(5)
    const late = createAuthenticator().make(later.options)
    expect(nameAnswer(await addPasskey({ ...later.own, answer: late }))).toBe('passkey-over')
  })

  test('refuses a passkey that is registered already', async () => {
    const { options, own } = await askToAdd()
    const answer = createAuthenticator().make(options)
    expect(nameAnswer(await addPasskey({ ...own, answer }))).toBe('ok')
    const again = await beginAdding(own)
    if (!again.ok) throw new Error(again.reason)
    const twin = createAuthenticator().make(again.value)
    await pool.query('UPDATE passkeys SET credential_id = $1 WHERE credential_id = $2', [
      readBytes(twin.id),
      readBytes(answer.id),
    ])
    expect(nameAnswer(await addPasskey({ ...own, answer: twin }))).toBe('passkey-taken')
  })

  test('refuses an account whose address is not confirmed', async () => {
    const { id } = await createAccount(pool, { emailConfirmedAt: null })
    const asked = await beginAdding({ accountId: id, browserId: randomUUID() })
    expect(nameAnswer(asked)).toBe('address-unconfirmed')
  })

  test('refuses a twenty-first', async () => {
    const { account, passkeyId } = await createHolder()
    await pool.query(
      `INSERT INTO passkeys (account_id, credential_id, public_key, counter, is_synced, is_backed_up, name)
       SELECT account_id, decode(md5(n::text), 'hex'), public_key, 0, true, true, n::text
         FROM passkeys, generate_series(2, 20) n WHERE id = $1`,
      [passkeyId],
    )
    const asked = await beginAdding({ accountId: account.id, browserId: randomUUID() })
    expect(nameAnswer(asked)).toBe('passkeys-full')
  })
})

describe('keeping passkeys', () => {
  test('renames its own, and nobody else’s', async () => {
    const { account, passkeyId } = await createHolder()
    const other = await createAccount(pool)
    const rename = (accountId: string) =>
      renamePasskey({ accountId, address, passkeyId, name: '노트북' })
    expect(nameAnswer(await rename(other.id))).toBe('passkey-unknown')
    expect(nameAnswer(await rename(account.id))).toBe('ok')
    expect(await listPasskeys(account.id)).toMatchObject([{ name: '노트북' }])
  })

  test('removes one, mails word of it, and nobody else’s', async () => {
    const { account, passkeyId, sessionId } = await createHolder()
    const other = await createAccount(pool)
    const remove = (accountId: string) =>
      removePasskey({ accountId, sessionId, address, passkeyId })
    expect(nameAnswer(await remove(other.id))).toBe('passkey-unknown')
    expect(nameAnswer(await remove(account.id))).toBe('ok')
    expect(await listPasskeys(account.id)).toEqual([])
    expect(await listMailed(account.email)).toEqual(['PASSKEY_ADDED', 'PASSKEY_REMOVED'])
  })

  test('never removes the last way in: neither passkey nor login, also of two at once', async () => {
    const { account, passkeyId, sessionId } = await createHolder()
    const accountId = account.id
    await pool.query('UPDATE accounts SET password_hash = NULL WHERE id = $1', [accountId])
    const remove = (id: string) => removePasskey({ accountId, sessionId, address, passkeyId: id })
    expect(nameAnswer(await remove(passkeyId))).toBe('last-login')
    const kakao = { provider: 'kakao', subject: '1' } as const
    const person = { ...kakao, email: null, isEmailVerified: false, name: null }
    await connectLogin({ accountId, sessionId, address, person })
    const disconnect = () => disconnectLogin({ accountId, sessionId, address, provider: 'kakao' })
    const both = await Promise.all([remove(passkeyId), disconnect()])
    expect(both.map(nameAnswer).sort()).toEqual(['last-login', 'ok'])
    const { passkeyId: first } = await register({ accountId })
    const { passkeyId: second } = await register({ accountId })
    await pool.query('DELETE FROM external_logins')
    await pool.query('DELETE FROM passkeys WHERE id <> ALL($1)', [[first, second]])
    const two = await Promise.all([remove(first), remove(second)])
    expect(two.map(nameAnswer).sort()).toEqual(['last-login', 'ok'])
  })

  test('the account’s own wish for a passkey needs one, and keeps the last', async () => {
    const account = await createAccount(pool)
    const { sessionId } = await holdSession(account.id)
    const own = { accountId: account.id, sessionId, address }
    const need = (isNeeded: boolean) => needPasskey({ ...own, isNeeded })
    expect(nameAnswer(await need(true))).toBe('no-passkey')
    const { passkeyId } = await register({ accountId: account.id })
    expect(nameAnswer(await need(true))).toBe('ok')
    const remove = () => removePasskey({ ...own, passkeyId })
    expect(nameAnswer(await remove())).toBe('last-passkey')
    expect(nameAnswer(await need(false))).toBe('ok')
    expect(nameAnswer(await remove())).toBe('ok')
    expect(await listMailed(account.email)).toEqual([
      'PASSKEY_ADDED',
      'PASSKEY_NOT_NEEDED',
      'PASSKEY_REMOVED',
    ])
  })

  test('adding, removing and the wish need a fresh proof in the session that acts', async () => {
    const { account, passkeyId, sessionId } = await createHolder()
    const own = { accountId: account.id, sessionId, address }
    const age = (minutes: number) =>
      pool.query(`UPDATE sessions SET proved_at = now() - $1 * interval '1 minute'`, [minutes])
    const act = async () => {
      const browserId = randomUUID()
      const options = await beginAdding({ accountId: account.id, browserId })
      if (!options.ok) throw new Error(options.reason)
      const answer = createAuthenticator().make(options.value)
      return [
        nameAnswer(await addPasskey({ ...own, browserId, browser, answer })),
        nameAnswer(await needPasskey({ ...own, isNeeded: true })),
        nameAnswer(await needPasskey({ ...own, isNeeded: false })),
        nameAnswer(await removePasskey({ ...own, passkeyId })),
      ]
    }
    await age(10)
    expect(await act()).toEqual(['proof-needed', 'proof-needed', 'ok', 'proof-needed'])
    expect(await listPasskeys(account.id)).toHaveLength(1)
    await age(9)
    expect(await act(), 'control').toEqual(['ok', 'ok', 'ok', 'ok'])
  })
})
