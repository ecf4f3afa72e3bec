import { generateKeyPairSync } from 'node:crypto'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { isDkimSigned } from '@/tests/support/dkim'
import { useInbox } from '@/tests/support/inbox'

const inbox = useInbox()
const makeKey = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey
const key = makeKey()

const letter = {
  name: 'notice-1',
  to: 'haneul@bobjool.test',
  subject: '예약이 확정됐어요',
  html: '<p>밥줄에서  뵈어요</p>',
  text: '밥줄에서  뵈어요\n\n\n',
  attachments: [],
}

/** The environment is read when the module is loaded. */
async function sendWith(given: Record<string, string>) {
  vi.resetModules()
  Object.assign(process.env, given)
  const { closeMail, sendMail } = await import('@/lib/mail/mail')
  inbox.clear()
  expect(await sendMail({ letter, timeoutMs: 5_000 })).toEqual({ outcome: 'accepted' })
  closeMail()
  return inbox.listMails()[0]?.raw ?? Buffer.of()
}

afterAll(() => {
  delete process.env.DKIM_SELECTOR
  delete process.env.DKIM_PRIVATE_KEY
})

describe('DKIM with our own key', () => {
  it.each([
    ['in one line with \\n', key.replaceAll('\n', '\\n')],
    ['in base64', Buffer.from(key).toString('base64')],
  ])('signs what arrives, with the key given %s', async (_, given) => {
    const raw = await sendWith({ DKIM_SELECTOR: 'spring', DKIM_PRIVATE_KEY: given })
    const signed = isDkimSigned({ raw, privateKey: key })
    expect(signed).toMatchObject({ domain: 'bobjool.test', selector: 'spring' })
    expect(signed?.fields).toEqual(
      expect.arrayContaining(['from', 'to', 'subject', 'message-id', 'content-type']),
    )
  })

  it('verifies for no other key and no other text', async () => {
    const raw = await sendWith({ DKIM_SELECTOR: 'spring', DKIM_PRIVATE_KEY: key })
    expect(isDkimSigned({ raw, privateKey: makeKey() })).toBeNull()
    const changed = Buffer.from(raw.toString('latin1').replace('Subject: ', 'Subject: x'), 'latin1')
    expect(isDkimSigned({ raw: changed, privateKey: key })).toBeNull()
  })

  it('is left to the server where no key is set', async () => {
    const raw = await sendWith({ DKIM_SELECTOR: '', DKIM_PRIVATE_KEY: '' })
    expect(raw.toString()).not.toMatch(/^DKIM-Signature:/im)
  })
})
