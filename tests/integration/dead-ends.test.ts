import { describe, expect, test } from 'vitest'
import { renewLink } from '@/domain/identity/link-request.commands'
import { newPassword } from '@/domain/identity/schema'
import { pool } from '@/lib/db/database'
import { loadMessages } from '@/lib/i18n/messages'
import { ageLinks, mailNew, redeem } from '../support/account-links'
import { useDatabase } from '../support/database'

const database = useDatabase()
const PASSWORD = 'x7q멸치국수칼국수잔치'

const renew = (token: string) =>
  renewLink({
    token,
    browser: { browser: 'CHROME', system: 'ANDROID' },
    otherwise: '/start',
    address: null,
  })
const countMails = async (recipient: string) => {
  const mails = await database.query('SELECT 1 FROM notices WHERE recipient = $1', [recipient])
  return mails.length
}

describe('kind 12: “send me a new link” sends one, or says why it sends none', () => {
  test.each(['SIGN_IN', 'RESET_PASSWORD', 'CONFIRM_ADDRESS'] as const)(
    'an expired link %s is mailed anew',
    async (purpose) => {
      const confirmed = purpose === 'CONFIRM_ADDRESS' ? null : new Date()
      const { account, token } = await mailNew(purpose, { emailConfirmedAt: confirmed })
      await ageLinks(5 * 24 * 60)
      const before = await countMails(account.email)
      expect(await renew(token)).toMatchObject({ ok: true })
      expect(await countMails(account.email)).toBe(before + 1)
    },
  )

  test('a link to a former address says so, and offers no new one', async () => {
    const { account, token } = await mailNew('SIGN_IN', { emailConfirmedAt: new Date() })
    await pool.query('UPDATE accounts SET email = $2 WHERE id = $1', [
      account.id,
      `moved-${account.email}`,
    ])
    const before = await countMails(account.email)
    expect(await renew(token)).toMatchObject({ reason: 'link-moved' })
    expect(await countMails(account.email)).toBe(before)
  })

  test('a sign-up link of a confirmed address leads to signing in', async () => {
    const { token } = await mailNew('CONFIRM_ADDRESS')
    await redeem(token, 'CONFIRM_ADDRESS')
    await pool.query('UPDATE accounts SET email_confirmed_at = now()')
    expect(await renew(token)).toMatchObject({ reason: 'link-used' })
  })

  test('what is no link of ours, or a change of address, promises nothing', async () => {
    const { token } = await mailNew('CHANGE_ADDRESS', { emailConfirmedAt: new Date() })
    expect(await renew(token)).toMatchObject({ reason: 'link-unknown' })
    expect(await renew('not-a-link')).toMatchObject({ reason: 'link-unknown' })
  })
})

describe('kind 12: a form asks for what is needed', () => {
  test.each(['ko', 'en'] as const)(
    'in %s every hint names the length that is checked',
    async (locale) => {
      const messages = await loadMessages(locale)
      const told = JSON.stringify([messages.access, messages.account])
      const lengths = [
        ...told.matchAll(/(\d+)(?:자 이상| characters or more| or more characters)/g),
      ]
      expect(lengths.length).toBeGreaterThanOrEqual(1)
      for (const [, length] of lengths) {
        const least = Number(length)
        expect(newPassword.safeParse(PASSWORD.slice(0, least)).success).toBe(true)
        expect(newPassword.safeParse(PASSWORD.slice(0, least - 1)).success).toBe(false)
      }
    },
  )
})
