import { createHmac } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { env } from '@/lib/env'
import { type SessionClaims, signSession, verifySession } from './session-token'

const [SECRET = ''] = env.AUTH_SECRET
const key = new TextEncoder().encode(SECRET)
const claims: SessionClaims = {
  accountId: 'an-account',
  email: 'diner1@bobjool.test',
  name: '김밥줄',
  role: 'DINER',
  locale: 'ko',
  epoch: 3,
  awaitsApproval: false,
  sessionId: '5f0f4d1c-8f43-4f0e-9b1c-0d5a8c1f2e3a',
  endsAt: Math.floor(Date.now() / 1000) + 60,
}
const { accountId, sessionId, endsAt, ...said } = claims
const rest = { ...said, sid: sessionId ?? '' }
const signByLibrary = () =>
  new SignJWT(rest)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('bobjool')
    .setSubject(accountId)
    .setIssuedAt()
    .setExpirationTime(endsAt)

/** Signs any header and payload with our secret, valid or not. */
function sealByHand(header: unknown, payload: unknown): string {
  const parts = [header, payload].map((part) =>
    Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url'),
  )
  const said = parts.join('.')
  return `${said}.${createHmac('sha256', SECRET).update(said).digest('base64url')}`
}

describe('G19: a session', () => {
  it('can be read by the process that signed it', async () => {
    expect(await verifySession(await signSession(claims))).toEqual(claims)
  })

  it('is an ordinary JSON Web Token: another library reads ours, and we read its', async () => {
    const { payload } = await jwtVerify(await signSession(claims), key, {
      issuer: 'bobjool',
      algorithms: ['HS256'],
    })
    expect(payload).toMatchObject({ sub: accountId, ...rest })
    expect(await verifySession(await signByLibrary().sign(key))).toEqual(claims)
  })

  const good = { ...rest, iss: 'bobjool', sub: accountId, exp: endsAt }
  it('of a version without ids goes on until its token ends, and not longer', async () => {
    const { sid: _, ...before } = good
    const read = await verifySession(sealByHand({ alg: 'HS256' }, before))
    expect(read).toEqual({ ...claims, sessionId: null })
    expect(read && (await verifySession(await signSession(read)))).toEqual(read)
  })

  const sealed = sealByHand({ alg: 'HS256' }, good)
  it.each<[string, string]>([
    ['of another algorithm', sealByHand({ alg: 'none' }, good)],
    ['with a header that has to be understood', sealByHand({ alg: 'HS256', crit: ['x'] }, good)],
    ['of another issuer', sealByHand({ alg: 'HS256' }, { ...good, iss: 'somebody' })],
    ['that has run out', sealByHand({ alg: 'HS256' }, { ...good, exp: 1 })],
    ['that never runs out', sealByHand({ alg: 'HS256' }, { ...good, exp: undefined })],
    ['of later', sealByHand({ alg: 'HS256' }, { ...good, nbf: good.exp })],
    ['of nobody', sealByHand({ alg: 'HS256' }, { ...good, sub: undefined })],
    ['with an id that is no text', sealByHand({ alg: 'HS256' }, { ...good, sid: 7 })],
    ['of an unknown role', sealByHand({ alg: 'HS256' }, { ...good, role: 'CHEF' })],
    ['that is no JSON', sealByHand({ alg: 'HS256' }, 'x')],
    ['that is null', sealByHand({ alg: 'HS256' }, 'null')],
    ['with a part more', `${sealed}.x`],
    ['cut short', sealed.slice(0, -1)],
    ['spelt another way', `${sealed.slice(0, -1)}${respell(sealed.at(-1) ?? '')}`],
    ['of nothing', ''],
  ])('%s is none', async (_, token) => {
    expect(await verifySession(sealed)).toEqual(claims)
    expect(await verifySession(token)).toBeNull()
  })
})

/**
 * Another letter that decodes to the same four bits: base64url of 32 bytes leaves two bits unused.
 */
function respell(letter: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return letters[letters.indexOf(letter) ^ 1] ?? ''
}
