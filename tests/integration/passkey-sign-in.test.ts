import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { removePasskey } from '@/domain/identity/passkey.commands'
import { listPasskeys } from '@/domain/identity/passkey.queries'
import {
  awaitSecondFactor,
  sweepPasskeyChallenges,
} from '@/domain/identity/passkey-challenge.commands'
import {
  beginPasskeyProof,
  describeSecondFactor,
  proveByPasskey,
  showSecondFactor,
  signInByPasskey,
} from '@/domain/identity/passkey-entry.commands'
import { pool } from '@/lib/db/database'
import { createAccount } from '@/prisma/factories'
import type { Lie } from '../support/authenticator'
import { useDatabase } from '../support/database'
import { ageChallenges, askToSignIn, createHolder, listActs, nameAnswer } from '../support/passkeys'
import { useGateway } from '../support/stack-gateway'
import { spendWithoutLock } from '../support/unprotected-passkeys'

const database = useDatabase()
const gateway = useGateway()
beforeEach(async () => {
  await gateway.reset()
  await database.truncateAll()
})

const address: string | null = null
const elsewhere = 'https://bobjoo1.example'

describe('signing in by a passkey alone', () => {
  test('finds the account by the passkey, and says when it was used', async () => {
    const { account, authenticator, browserId } = await createHolder()
    const options = await askToSignIn(browserId)
    expect(options).toMatchObject({ allowCredentials: [], userVerification: 'required' })
    const answer = authenticator.use(options)
    const entered = await signInByPasskey({ browserId, address, answer })
    expect(entered).toMatchObject({ ok: true, value: { accountId: account.id } })
    const [{ lastUsedDate } = { lastUsedDate: null }] = await listPasskeys(account.id)
    expect(lastUsedDate).not.toBeNull()
    expect(await listActs(account.id)).toEqual(['ADD_PASSKEY', 'USE_PASSKEY'])
  })

  const lies: [string, Lie, string][] = [
    ['another site', { origin: elsewhere }, 'passkey-other-site'],
    ['another port of this host', { origin: 'http://localhost:1' }, 'passkey-other-site'],
    ['another host', { host: 'bobjoo1.example' }, 'passkey-other-site'],
    ['a frame in another site', { crossOrigin: true }, 'passkey-other-site'],
    ['making one instead of signing in', { type: 'webauthn.create' }, 'passkey-invalid'],
    ['an authenticator that verified nobody', { isUnverified: true }, 'passkey-unverified'],
    ['an authenticator that nobody touched', { isAbsent: true }, 'passkey-invalid'],
    ['a key that is not the passkey’s', { forges: true }, 'passkey-invalid'],
    ['a challenge of nobody’s', { challenge: 'A'.repeat(43) }, 'passkey-over'],
    ['another account’s handle', { userHandle: 'A'.repeat(43) }, 'passkey-other-account'],
    ['no account', { userHandle: null }, 'passkey-other-account'],
  ]
  test.each(lies)('refuses an answer of %s', async (_name, lie, reason) => {
    const { account, authenticator, browserId } = await createHolder()
    const answer = authenticator.use(await askToSignIn(browserId), lie)
    expect(nameAnswer(await signInByPasskey({ browserId, address, answer }))).toBe(reason)
    expect(await listActs(account.id)).toEqual(['ADD_PASSKEY'])
    // Control: the same passkey, without the lie.
    const honest = authenticator.use(await askToSignIn(browserId))
    expect(nameAnswer(await signInByPasskey({ browserId, address, answer: honest }))).toBe('ok')
  })

  test('refuses a passkey that was removed, and one that was never made here', async () => {
    const { account, authenticator, passkeyId, sessionId, browserId } = await createHolder()
    await removePasskey({ accountId: account.id, sessionId, address, passkeyId })
    const answer = authenticator.use(await askToSignIn(browserId))
    expect(nameAnswer(await signInByPasskey({ browserId, address, answer }))).toBe(
      'passkey-unknown',
    )
  })

  test('takes an answer in the browser that was asked, once, for five minutes', async () => {
    const { authenticator, browserId } = await createHolder()
    const signIn = (answer: ReturnType<typeof authenticator.use>, from: string | null) =>
      signInByPasskey({ browserId: from, address, answer })
    const answer = authenticator.use(await askToSignIn(browserId))
    expect(nameAnswer(await signIn(answer, randomUUID())), 'another browser').toBe('passkey-over')
    expect(nameAnswer(await signIn(answer, null)), 'without a cookie').toBe('passkey-over')
    expect(nameAnswer(await signIn(answer, browserId))).toBe('ok')
    expect(nameAnswer(await signIn(answer, browserId)), 'replayed').toBe('passkey-over')
    const late = authenticator.use(await askToSignIn(browserId))
    await ageChallenges(5)
    expect(nameAnswer(await signIn(late, browserId)), 'expired').toBe('passkey-over')
    expect(await sweepPasskeyChallenges()).toEqual({ dropped: 1 })
  })

  test('a refused answer has spent its challenge', async () => {
    const { authenticator, browserId } = await createHolder()
    const options = await askToSignIn(browserId)
    const forged = authenticator.use(options, { forges: true })
    expect(nameAnswer(await signInByPasskey({ browserId, address, answer: forged }))).toBe(
      'passkey-invalid',
    )
    const answer = authenticator.use(options)
    expect(nameAnswer(await signInByPasskey({ browserId, address, answer }))).toBe('passkey-over')
  })

  test('judges one of twenty answers at once to the same challenge', async () => {
    const { authenticator, browserId } = await createHolder()
    const options = await askToSignIn(browserId)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        signInByPasskey({ browserId, address, answer: authenticator.use(options) }),
      ),
    )
    const names = answers.map(nameAnswer)
    expect(names.filter((name) => name === 'ok')).toHaveLength(1)
    expect(names.filter((name) => name === 'passkey-over')).toHaveLength(19)
  })

  test('control: twenty at once that read before they delete spend it more than once', async () => {
    const { authenticator, browserId } = await createHolder()
    const answer = authenticator.use(await askToSignIn(browserId))
    const spent = await Promise.all(Array.from({ length: 20 }, () => spendWithoutLock(answer)))
    expect(spent.filter(Boolean).length).toBeGreaterThan(1)
  })

  test('refuses a counter that fell behind, and takes one that stays 0', async () => {
    const { account, authenticator, browserId } = await createHolder({ counts: true })
    const signIn = async () =>
      signInByPasskey({
        browserId,
        address,
        answer: authenticator.use(await askToSignIn(browserId)),
      })
    expect(nameAnswer(await signIn())).toBe('ok')
    expect(nameAnswer(await signIn())).toBe('ok')
    authenticator.turnBack(1)
    expect(nameAnswer(await signIn()), 'a copy').toBe('passkey-copied')
    expect(await listActs(account.id)).toHaveLength(3)
    const synced = await createHolder()
    for (const _each of ['first', 'second']) {
      const answer = synced.authenticator.use(await askToSignIn(synced.browserId))
      const entered = await signInByPasskey({ browserId: synced.browserId, address, answer })
      expect(nameAnswer(entered)).toBe('ok')
    }
  })

  test('one of ten signatures at once with the same counter is taken', async () => {
    const { authenticator, browserId } = await createHolder({ counts: true })
    const asked = await Promise.all(Array.from({ length: 10 }, () => askToSignIn(browserId)))
    const answers = asked.map((options) => {
      authenticator.turnBack(1)
      return authenticator.use(options)
    })
    const entered = await Promise.all(
      answers.map((answer) => signInByPasskey({ browserId, address, answer })),
    )
    expect(entered.map(nameAnswer).filter((name) => name === 'ok')).toHaveLength(1)
  })
})

describe('a passkey as second factor', () => {
  test('signs in the browser that showed the first, without verifying its person again', async () => {
    const { account, authenticator, browserId } = await createHolder()
    expect(nameAnswer(await describeSecondFactor({ browserId })), 'before').toBe('passkey-over')
    await awaitSecondFactor({ accountId: account.id, browserId })
    const asked = await describeSecondFactor({ browserId })
    if (!asked.ok) throw new Error(asked.reason)
    expect(asked.value.allowCredentials).toHaveLength(1)
    const answer = authenticator.use(asked.value, { isUnverified: true })
    const entered = await showSecondFactor({ browserId, address, answer })
    expect(entered).toMatchObject({ ok: true, value: { accountId: account.id } })
    expect(nameAnswer(await describeSecondFactor({ browserId })), 'after').toBe('passkey-over')
  })

  test('refuses the passkey of another account, and another browser', async () => {
    const mine = await createHolder()
    const other = await createHolder()
    const { browserId } = mine
    const wait = async () => {
      await awaitSecondFactor({ accountId: mine.account.id, browserId })
      const asked = await describeSecondFactor({ browserId })
      if (!asked.ok) throw new Error(asked.reason)
      return asked.value
    }
    const foreign = other.authenticator.insist(await wait())
    expect(nameAnswer(await showSecondFactor({ browserId, address, answer: foreign }))).toBe(
      'passkey-other-account',
    )
    const answer = mine.authenticator.use(await wait())
    const elsewhere = { browserId: other.browserId, address, answer }
    expect(nameAnswer(await showSecondFactor(elsewhere))).toBe('passkey-over')
    expect(nameAnswer(await showSecondFactor({ ...elsewhere, browserId }))).toBe('ok')
  })

  test('an answer to one question is none to another', async () => {
    const { account, authenticator, browserId } = await createHolder()
    await awaitSecondFactor({ accountId: account.id, browserId })
    const second = await describeSecondFactor({ browserId })
    const proof = await beginPasskeyProof({ accountId: account.id, browserId, address })
    if (!second.ok || !proof.ok) throw new Error('not asked')
    const toSecond = { browserId, address, answer: authenticator.use(second.value) }
    const toProof = { browserId, address, answer: authenticator.use(proof.value) }
    expect(nameAnswer(await signInByPasskey(toSecond))).toBe('passkey-over')
    expect(nameAnswer(await signInByPasskey(toProof))).toBe('passkey-over')
    expect(nameAnswer(await showSecondFactor(toProof))).toBe('passkey-over')
    expect(nameAnswer(await showSecondFactor(toSecond))).toBe('ok')
    const proven = await proveByPasskey({ ...toProof, accountId: account.id, sessionId: null })
    expect(nameAnswer(proven)).toBe('ok')
  })

  test('proving again takes a passkey of the account that asked', async () => {
    const { account, authenticator, browserId } = await createHolder()
    const other = await createHolder()
    const prove = async ({ accountId = account.id, lie = {} as Lie }) => {
      const asked = await beginPasskeyProof({ accountId: account.id, browserId, address })
      if (!asked.ok) throw new Error(asked.reason)
      const answer = authenticator.use(asked.value, lie)
      return nameAnswer(
        await proveByPasskey({ accountId, sessionId: null, browserId, address, answer }),
      )
    }
    expect(await prove({ accountId: other.account.id })).toBe('passkey-other-account')
    expect(await prove({ lie: { isUnverified: true } })).toBe('passkey-unverified')
    expect(await prove({})).toBe('ok')
    const without = await createAccount(pool)
    const asked = await beginPasskeyProof({ accountId: without.id, browserId, address })
    expect(nameAnswer(asked)).toBe('no-passkey')
  })
})
