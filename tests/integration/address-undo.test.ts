import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { askToChangeAddress, changeAddress } from '@/domain/identity/account.commands'
import { undoAddressChange } from '@/domain/identity/address-undo.commands'
import { signIn } from '@/domain/identity/commands'
import { choosePassword } from '@/domain/identity/password.commands'
import { endSessions } from '@/domain/identity/session.commands'
import { findLiveSession } from '@/domain/identity/session.queries'
import { drainOutbox } from '@/domain/notification/commands'
import { signLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount, DEMO_PASSWORD } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { useInbox } from '../support/inbox'
import { createHolder, type Held, holdSession } from '../support/session-scene'
import { useGateway } from '../support/stack-gateway'
import { undoWithoutLock } from '../support/unprotected-links'

const database = useDatabase()
const inbox = useInbox()
const gateway = useGateway()
afterAll(closeMail)
beforeEach(async () => {
  await gateway.reset()
  await database.truncateAll()
  inbox.clear()
})

const address: string | null = null
const fresh = () => `${randomUUID()}@bobjool.test`
const emailOf = async (id: string) => {
  const [account] = await database.query<{ email: string }>(
    'SELECT email FROM accounts WHERE id = $1',
    [id],
  )
  return account?.email
}

async function newestLink(purpose: string): Promise<string> {
  const [link] = await database.query<{ id: string }>(
    'SELECT id FROM account_links WHERE purpose = $1 ORDER BY created_at DESC, expires_at DESC LIMIT 1',
    [purpose],
  )
  return signLink({ kind: 'account', id: link?.id ?? '' })
}

async function changeTo(held: Held, email: string): Promise<void> {
  const asked = await askToChangeAddress({ ...held, address, email })
  if (!asked.ok) throw new Error(asked.reason)
  const changed = await changeAddress({
    ...held,
    address,
    token: await newestLink('CHANGE_ADDRESS'),
  })
  if (!changed.ok) throw new Error(changed.reason)
}

/** As a thief who knows the password does it; returns the link that the former mailbox gets. */
async function change(held: Held, email = fresh()): Promise<string> {
  await changeTo(held, email)
  return newestLink('UNDO_ADDRESS')
}
const undo = (token: string) => undoAddressChange({ token, address })

describe('G24: the old address can undo a change for seven days', () => {
  test('G24: its mail has the link; using it brings the address back and ends every session', async () => {
    const { held, account } = await createHolder()
    const other = await holdSession(account.id)
    await change(held)
    await drainOutbox()
    const [mail] = inbox.listMails(account.email)
    expect(mail?.subject).toBe('이메일 주소가 바뀌었어요')
    const token = /\/links\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
    const undone = await undo(token)
    if (!undone.ok) throw new Error(undone.reason)
    expect(await emailOf(account.id)).toBe(account.email)
    for (const each of [held, other]) {
      expect(await findLiveSession(each)).toBeNull()
      expect(await findLiveSession({ ...each, epoch: 1 })).toBeNull()
    }
    // The thief knew the password; the answer is the link on which a new one is chosen.
    const browser = { browser: 'CHROME', system: 'MAC' } as const
    const credentials = { email: account.email, password: DEMO_PASSWORD }
    expect(await signIn({ credentials, address, browser })).toMatchObject({ ok: false })
    const password = 'mine and mine alone'
    const chosen = await choosePassword({ token: undone.value.token, password, address })
    expect(chosen).toMatchObject({ ok: true })
    expect(
      await signIn({ credentials: { ...credentials, password }, address, browser }),
    ).toMatchObject({ ok: true })
    expect(await undo(token)).toMatchObject({ reason: 'link-used' })
  })

  test('G24: it works for seven days', async () => {
    const { held, account } = await createHolder()
    const token = await change(held)
    const age = (interval: string) =>
      database.query(
        `UPDATE account_links SET created_at = created_at - $1::interval, expires_at = expires_at - $1::interval
          WHERE purpose = 'UNDO_ADDRESS'`,
        [interval],
      )
    await age('6 days 23 hours')
    await age('1 hour 1 minute')
    expect(await undo(token)).toMatchObject({ reason: 'link-expired' })
    await age('-1 hour')
    expect(await undo(token)).toMatchObject({ ok: true })
    expect(await emailOf(account.id)).toBe(account.email)
  })

  test('G24: after a second change each link leads back to its own address', async () => {
    const { held, account } = await createHolder()
    const second = fresh()
    const toFirst = await change(held, second)
    const toSecond = await change(held)
    expect(await undo(toSecond)).toMatchObject({ ok: true })
    expect(await emailOf(account.id)).toBe(second)
    expect(await undo(toFirst)).toMatchObject({ ok: true })
    expect(await emailOf(account.id)).toBe(account.email)
  })

  test('G24: the older link ends the newer ones, which would lead back to the thief', async () => {
    const { held, account } = await createHolder()
    const toOwner = await change(held)
    const toThief = await change(held)
    expect(await undo(toOwner)).toMatchObject({ ok: true })
    expect(await undo(toThief)).toMatchObject({ reason: 'link-expired' })
    expect(await emailOf(account.id)).toBe(account.email)
  })

  test.each([
    'signing out everywhere',
    'a new password by mail',
    'a sign-up with the old address',
    'a login at Kakao',
    'a passkey that is needed from now on',
  ])('G24: a thief does not get rid of it by %s', async (way) => {
    const { held, account } = await createHolder()
    const thiefsEmail = fresh()
    const toOwner = await change(held, thiefsEmail)
    if (way === 'signing out everywhere') await endSessions({ ...held, address })
    if (way === 'a new password by mail') {
      await database.query(
        `INSERT INTO account_links (account_id, purpose, email, expires_at)
         VALUES ($1, 'RESET_PASSWORD', $2, now() + interval '1 minute')`,
        [account.id, thiefsEmail],
      )
      const token = await newestLink('RESET_PASSWORD')
      const chosen = await choosePassword({ token, password: 'a thief’s password', address })
      expect(chosen).toMatchObject({ ok: true })
    }
    if (way === 'a sign-up with the old address')
      await createAccount(pool, { email: account.email, emailConfirmedAt: null })
    if (way === 'a login at Kakao')
      await database.query(`INSERT INTO external_logins VALUES ('kakao', 'thief', $1)`, [
        account.id,
      ])
    if (way === 'a passkey that is needed from now on') {
      await database.query(
        `INSERT INTO passkeys (account_id, credential_id, public_key, counter, is_synced, is_backed_up, name)
         VALUES ($1, repeat('x', 32)::bytea, repeat('x', 32)::bytea, 0, false, false, 'thief')`,
        [account.id],
      )
      await database.query('UPDATE accounts SET needs_passkey = true WHERE id = $1', [account.id])
    }
    expect(await undo(toOwner)).toMatchObject({ ok: true })
    expect(await emailOf(account.id)).toBe(account.email)
    expect(await database.query('SELECT 1 FROM external_logins')).toEqual([])
    expect(await database.query('SELECT 1 FROM passkeys')).toEqual([])
    expect(await database.query('SELECT 1 FROM accounts WHERE needs_passkey')).toEqual([])
    expect(
      await database.query('SELECT 1 FROM accounts WHERE password_hash IS NOT NULL AND id = $1', [
        account.id,
      ]),
    ).toEqual([])
  })

  test('G24, control: a person who has confirmed the address meanwhile keeps it', async () => {
    const { held, account } = await createHolder()
    const toOwner = await change(held)
    await createAccount(pool, { email: account.email })
    expect(await undo(toOwner)).toMatchObject({ reason: 'address-taken' })
    expect(await findLiveSession(held)).not.toBeNull()
  })

  test('G24: a login that was there before the change stays', async () => {
    const { held, account } = await createHolder()
    await database.query(
      `INSERT INTO external_logins VALUES ('kakao', 'own', $1, now() - interval '1 day')`,
      [account.id],
    )
    expect(await undo(await change(held))).toMatchObject({ ok: true })
    expect(await database.query('SELECT subject FROM external_logins')).toEqual([
      { subject: 'own' },
    ])
  })

  test('G24: an address that was never confirmed gets no such link', async () => {
    const { held } = await createHolder({ emailConfirmedAt: null })
    await changeTo(held, fresh())
    expect(
      await database.query(`SELECT 1 FROM account_links WHERE purpose = 'UNDO_ADDRESS'`),
    ).toEqual([])
  })
})

describe('G24: undoing while the address is changed once more', () => {
  /** A second change is ready to be confirmed, by its link. */
  async function setUp() {
    const { held, account } = await createHolder()
    const toOwner = await change(held)
    const asked = await askToChangeAddress({ ...held, address, email: fresh() })
    if (!asked.ok) throw new Error(asked.reason)
    const token = await newestLink('CHANGE_ADDRESS')
    return { account, toOwner, changeAgain: () => changeAddress({ ...held, address, token }) }
  }

  test('G24: whichever comes first, the account ends with the owner', async () => {
    for (let round = 0; round < 10; round++) {
      const { account, toOwner, changeAgain } = await setUp()
      const changing = round % 2 === 0 ? null : changeAgain()
      const undoing = undo(toOwner)
      const [undone] = await Promise.all([undoing, changing ?? changeAgain()])
      expect(undone).toMatchObject({ ok: true })
      expect(await emailOf(account.id)).toBe(account.email)
      await gateway.reset()
    }
  })

  test('G24, control: without the lock on the account the thief’s change can come last', async () => {
    const { account, toOwner, changeAgain } = await setUp()
    await undoWithoutLock({ token: toOwner, meanwhile: changeAgain })
    expect(await emailOf(account.id)).not.toBe(account.email)
  })
})
