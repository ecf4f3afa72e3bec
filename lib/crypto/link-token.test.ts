import { createHmac, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { env } from '@/lib/env'
import { signingKey } from './auth-key'
import { readLink, readMailboxLink, signLink, signMailboxLink } from './link-token'

const id = randomUUID()
const mailbox = 'diner1@bobjool.test'
const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex')
const [secret = ''] = env.AUTH_SECRET
const mac = (said: string, of: Buffer = Buffer.of()) =>
  createHmac('sha256', secret).update(said).update(of).digest()

/** As links were made before they named their key. */
function signNameless(kind: string, bound: Buffer): string {
  const seal = mac(`bobjool link ${kind} `, bound).subarray(0, 16)
  return Buffer.concat([bound, seal]).toString('base64url')
}

describe('a link', () => {
  it('names its key, and opens its row', () => {
    const token = signLink({ kind: 'ticket', id })
    expect(token).toMatch(/^[\w-]{48}$/)
    expect(Buffer.from(token, 'base64url').toString('hex', 0, 4)).toBe(signingKey().id)
    expect(readLink({ kind: 'ticket', token })).toBe(id)
    expect(readLink({ kind: 'account', token })).toBeNull()
  })

  it('mailed before links named their key still opens', () => {
    expect(readLink({ kind: 'account', token: signNameless('account', bytesOf(id)) })).toBe(id)
    const mark = mac(`bobjool mailbox ${mailbox}`).subarray(0, 8)
    const token = signNameless('cancel', Buffer.concat([bytesOf(id), mark]))
    const link = readMailboxLink({ kind: 'cancel', token })
    expect([link?.id, link?.isMailedTo(mailbox), link?.isMailedTo('a@b.test')]).toEqual([
      id,
      true,
      false,
    ])
  })

  it('with any byte changed, cut, or spelt another way opens nothing', () => {
    const token = signMailboxLink({ kind: 'cancel', id, mailbox })
    const bytes = Buffer.from(token, 'base64url')
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index)
      expect(readMailboxLink({ kind: 'cancel', token: changed.toString('base64url') })).toBeNull()
    }
    for (const other of ['', token.slice(1), `${token}A`, `${token}=`, token.slice(0, -1)])
      expect(readMailboxLink({ kind: 'cancel', token: other })).toBeNull()
    expect(readMailboxLink({ kind: 'cancel', token })?.isMailedTo(mailbox)).toBe(true)
  })
})
