import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { LINK_MINUTES, linkPurposes } from '@/domain/identity/link.rules'
import { findLink } from '@/domain/identity/queries'
import { drainOutbox } from '@/domain/notification/commands'
import { signLink } from '@/lib/crypto/link-token'
import { closeMail } from '@/lib/mail/mail'
import { ageLinks, mailNew, mailTo, redeem } from '../support/account-links'
import { useDatabase } from '../support/database'
import { useInbox } from '../support/inbox'
import { spoil } from '../support/spoil'
import { redeemWithoutLock } from '../support/unprotected-links'

const database = useDatabase()
const inbox = useInbox()
afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
})

const nameAnswer = (answer: Awaited<ReturnType<typeof redeem>>) =>
  answer.ok ? 'won' : answer.reason

describe('G19: a mailed link', () => {
  test.each(linkPurposes)(
    'G19: %s works once, and looking at it does not use it up',
    async (purpose) => {
      const { account, token } = await mailNew(purpose)
      for (let looks = 0; looks < 3; looks++)
        expect(await findLink(token)).toMatchObject({
          purpose,
          state: 'open',
          accountId: account.id,
        })
      expect(await redeem(token, purpose)).toMatchObject({
        ok: true,
        value: { account: { id: account.id } },
      })
      expect(await redeem(token, purpose)).toEqual({ ok: false, reason: 'link-used' })
      expect(await findLink(token)).toMatchObject({ state: 'used' })
    },
  )

  test.each(linkPurposes)('G19: %s expires by the database’s clock', async (purpose) => {
    const { token } = await mailNew(purpose)
    await ageLinks(LINK_MINUTES[purpose] - 1)
    expect(await findLink(token)).toMatchObject({ state: 'open' })
    await ageLinks(1)
    expect(await findLink(token)).toMatchObject({ state: 'expired' })
    expect(await redeem(token, purpose)).toEqual({ ok: false, reason: 'link-expired' })
  })

  test('G19: of fifty uses at once one succeeds', async () => {
    const { token } = await mailNew('RESET_PASSWORD')
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => redeem(token, 'RESET_PASSWORD')),
    )
    const names = answers.map(nameAnswer).sort()
    expect(names).toEqual([...Array<string>(49).fill('link-used'), 'won'])
  })

  test('G19 control: without the lock more than one succeeds', async () => {
    const { token } = await mailNew('RESET_PASSWORD')
    const answers = await Promise.all(Array.from({ length: 50 }, () => redeemWithoutLock(token)))
    expect(answers.filter(Boolean).length).toBeGreaterThan(1)
  })

  test('G19: a newer link ends the older one of the same purpose, and no other', async () => {
    const { account, token } = await mailNew('SIGN_IN')
    const reset = await mailTo(account, 'RESET_PASSWORD')
    const newer = await mailTo(account, 'SIGN_IN')
    expect(await redeem(token, 'SIGN_IN')).toEqual({ ok: false, reason: 'link-expired' })
    expect(nameAnswer(await redeem(newer, 'SIGN_IN'))).toBe('won')
    expect(nameAnswer(await redeem(reset, 'RESET_PASSWORD'))).toBe('won')
  })

  test('G19: of twenty mailed at once one works', async () => {
    const { account } = await mailNew('SIGN_IN')
    const tokens = await Promise.all(Array.from({ length: 20 }, () => mailTo(account, 'SIGN_IN')))
    const answers = await Promise.all(tokens.map((token) => redeem(token, 'SIGN_IN')))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  })

  test('G19: a link for one thing does nothing else', async () => {
    for (const purpose of linkPurposes) {
      const { token } = await mailNew(purpose)
      for (const other of linkPurposes.filter((one) => one !== purpose))
        expect(await redeem(token, other)).toEqual({ ok: false, reason: 'link-unknown' })
      expect(await findLink(token)).toMatchObject({ state: 'open' })
    }
  })

  test('G19: a link that we did not seal is unknown', async () => {
    const { token } = await mailNew('SIGN_IN')
    const [row] = await database.query<{ id: string }>('SELECT id FROM account_links')
    const strangers = [
      ...['', 'x', row?.id ?? '', token.slice(0, -1), `${token}x`, token.toUpperCase()],
      ...[spoil(token, -2), spoil(token, 0), `${token}\u0000`, 'x'.repeat(5_000)],
      signLink({ kind: 'invitation', id: row?.id ?? '' }),
      signLink({ kind: 'account', id: randomUUID() }),
    ]
    for (const stranger of strangers) {
      expect(await findLink(stranger)).toBeNull()
      expect(await redeem(stranger, 'SIGN_IN')).toEqual({ ok: false, reason: 'link-unknown' })
    }
    expect(nameAnswer(await redeem(token, 'SIGN_IN'))).toBe('won')
  })

  test('G19: a link to an address the account no longer has opens nothing', async () => {
    const { account, token } = await mailNew('SIGN_IN')
    await database.query(`UPDATE accounts SET email = 'new-address@bobjool.test' WHERE id = $1`, [
      account.id,
    ])
    expect(await findLink(token)).toMatchObject({ state: 'expired' })
    expect(await redeem(token, 'SIGN_IN')).toEqual({ ok: false, reason: 'link-expired' })
  })

  test.each(linkPurposes)(
    'G16: %s arrives in the mailbox, and the row has no secret',
    async (purpose) => {
      const { account, token } = await mailNew(purpose)
      expect(await drainOutbox()).toMatchObject({ sent: 1 })
      const mail = await inbox.waitForMail({ recipient: account.email })
      // A proof is a code in the mail, and no link: a reader elsewhere can do nothing with it.
      if (purpose === 'PROVE') expect(mail.text).not.toContain('/links/')
      else expect(mail.text).toContain(`/links/${token}`)
      const rows = JSON.stringify([
        await database.query('SELECT * FROM account_links'),
        await database.query('SELECT * FROM notices'),
        await database.query('SELECT * FROM audit_events'),
      ])
      expect(rows).not.toContain(token)
      expect(rows).toContain('MAIL_LINK')
    },
  )
})
