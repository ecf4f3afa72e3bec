import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { askToChangeAddress, changeAddress } from '@/domain/identity/account.commands'
import { undoAddressChange } from '@/domain/identity/address-undo.commands'
import { needPasskey } from '@/domain/identity/passkey.commands'
import { awaitSecondFactor } from '@/domain/identity/passkey-challenge.commands'
import { askToRecover, keepPasskeys, recover } from '@/domain/identity/passkey-recovery.commands'
import { changePassword, choosePassword } from '@/domain/identity/password.commands'
import { endSessions as endSessionsOf, forgetPasskeys } from '@/domain/identity/people.commands'
import { endSessions } from '@/domain/identity/session.commands'
import { drainOutbox } from '@/domain/notification/commands'
import { addDevice } from '@/domain/notification/subscription.commands'
import { signLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { createAccount, DEMO_PASSWORD } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { useInbox } from '../support/inbox'
import { actAs, joinLine, setUpLine } from '../support/line-scene'
import { makeAllDue } from '../support/notices'
import { useOutside } from '../support/outside'
import { register } from '../support/passkeys'
import { makeBrowser } from '../support/push-message'
import { holdSession } from '../support/session-scene'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const inbox = useInbox()
const outside = useOutside()
const gateway = useGateway()
afterAll(closeMail)
beforeEach(async () => {
  await gateway.reset()
  await database.truncateAll()
  inbox.clear()
  outside.clear()
})

const address: string | null = null

async function turnOn(accountId: string, sessionId: string | null, path: string) {
  const device = { endpoint: `${outside.origin}${path}`, ...makeBrowser().keys }
  expect(await addDevice({ accountId, sessionId, device })).toMatchObject({ ok: true })
}

/** A diner in line, with notices on in the browser that acts, in another, and in one from before. */
async function setUp() {
  const line = await setUpLine()
  const ticket = await joinLine(line)
  const accountId = ticket.dinerId
  const own = await holdSession(accountId)
  await turnOn(accountId, own.sessionId, '/push/own')
  await turnOn(accountId, (await holdSession(accountId)).sessionId, '/push/other')
  await turnOn(accountId, null, '/push/before')
  const call = async () => {
    expect(await actAs(line.ownerId, 'CALL', ticket.id)).toMatchObject({ ok: true })
    await database.query(`DELETE FROM notices WHERE kind <> 'TICKET_CALLED'`)
    await makeAllDue(database)
  }
  /** Who learns of the call: the browsers, by their paths, or the mailbox. */
  const drain = async () => {
    await drainOutbox()
    return [...outside.received.map(({ path }) => path), ...inbox.listMails().map(() => 'mail')]
  }
  return { own, accountId, call, drain }
}
type Scene = Awaited<ReturnType<typeof setUp>>

async function linkOf(purpose: string): Promise<string> {
  const [link] = await database.query<{ id: string }>(
    'SELECT id FROM account_links WHERE purpose = $1 ORDER BY created_at DESC LIMIT 1',
    [purpose],
  )
  return signLink({ kind: 'account', id: link?.id ?? '' })
}

async function askAsLoser({ accountId, own: { sessionId } }: Scene) {
  await register({ accountId })
  await needPasskey({ accountId, sessionId, address, isNeeded: true })
  const by = { browserId: randomUUID(), address }
  await awaitSecondFactor({ accountId, browserId: by.browserId })
  expect(await askToRecover(by)).toMatchObject({ ok: true })
  await database.query(`UPDATE accounts SET passkey_lost_at = now() - interval '25 hours'
                         WHERE passkey_lost_at IS NOT NULL`)
  return by
}

async function asAdmin() {
  const admin = await createAccount(pool, { role: 'ADMIN' })
  const { sessionId } = await holdSession(admin.id)
  return { actor: { accountId: admin.id, address }, sessionId }
}

type Way = (scene: Scene) => Promise<unknown>
const ways: Record<string, Way> = {
  'a recovery without the lost passkeys': async (scene) => recover(await askAsLoser(scene)),
  'the link that keeps the passkeys': async (scene) => {
    await askAsLoser(scene)
    return keepPasskeys({ token: await linkOf('KEEP_PASSKEY'), address })
  },
  'the undo of a changed address': async ({ own }) => {
    const email = `${randomUUID()}@bobjool.test`
    expect(await askToChangeAddress({ ...own, address, email })).toMatchObject({ ok: true })
    const token = await linkOf('CHANGE_ADDRESS')
    expect(await changeAddress({ ...own, address, token })).toMatchObject({ ok: true })
    return undoAddressChange({ token: await linkOf('UNDO_ADDRESS'), address })
  },
  'a password chosen by mail': async ({ accountId }) => {
    await database.query(
      `INSERT INTO account_links (account_id, purpose, email, expires_at)
       SELECT id, 'RESET_PASSWORD', email, now() + interval '1 minute' FROM accounts WHERE id = $1`,
      [accountId],
    )
    const token = await linkOf('RESET_PASSWORD')
    return choosePassword({ token, password: 'mine and mine alone', address })
  },
  'an admin who ends the sessions': async ({ accountId }) =>
    endSessionsOf({ accountId, actor: (await asAdmin()).actor }),
  'an admin who removes lost passkeys': async ({ accountId }) => {
    await register({ accountId })
    return forgetPasskeys({ accountId, ...(await asAdmin()) })
  },
}

/** Those in which the acting browser stays signed in. */
const waysThatKeep: Record<string, Way> = {
  'signing out everywhere else': ({ own }) => endSessions({ ...own, address }),
  'a changed password': ({ own }) =>
    changePassword({
      ...own,
      address,
      presentPassword: DEMO_PASSWORD,
      newPassword: 'mine and mine alone',
    }),
}

describe('G24: a push ends with the sessions of its account', () => {
  test('G24, control: every browser with notices on gets the call', async () => {
    const { call, drain } = await setUp()
    await call()
    expect(await drain()).toEqual(
      expect.arrayContaining(['/push/own', '/push/other', '/push/before']),
    )
  })

  test.each(Object.entries(ways))(
    'G24: after %s no browser gets one, and a mail comes',
    async (_, end) => {
      const scene = await setUp()
      expect(await end(scene)).toMatchObject({ ok: true })
      await scene.call()
      expect(await scene.drain()).toEqual(['mail'])
    },
  )

  test.each(Object.entries(ways))(
    'G24: a call that waited before %s goes by mail, too',
    async (_, end) => {
      const scene = await setUp()
      await scene.call()
      expect(await end(scene)).toMatchObject({ ok: true })
      await database.query(`DELETE FROM notices WHERE kind <> 'TICKET_CALLED'`)
      expect(await scene.drain()).toEqual(['mail'])
    },
  )

  test.each(Object.entries(waysThatKeep))(
    'G24: after %s the browser that did it goes on, and no other',
    async (_, end) => {
      const scene = await setUp()
      expect(await end(scene)).toMatchObject({ ok: true })
      await scene.call()
      expect(await scene.drain()).toEqual(['/push/own'])
    },
  )
})
