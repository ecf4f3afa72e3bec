import { beforeEach, describe, expect, test } from 'vitest'
import { makeCode } from '@/lib/crypto/mailed-code'
import { pool } from '@/lib/db/database'
import { DEMO_PASSWORD } from '@/prisma/factories'
import { askApi, readJson } from '../support/api-client'
import { createPerson, openSessionOf, signTokenFor, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { useGateway } from '../support/stack-gateway'

const apps = useApps()
const gateway = useGateway()
const inbox = useInbox()

let diner: Awaited<ReturnType<typeof createPerson>>
beforeEach(async () => {
  await gateway.reset()
  diner = await createPerson({ name: '박손님' })
  await pool.query(`UPDATE sessions SET proved_at = now() - interval '11 minutes'`)
})

type Asked = { path: string; body?: object; token?: string }
const post = ({ path, body, token = diner.token }: Asked) =>
  askApi({
    url: apps.urlOf(),
    method: 'POST',
    path: `/api/v1/session/${path}`,
    token,
    ...(body && { body }),
  })
const prove = (body: object, token?: string) =>
  post({ path: 'proof', body, ...(token !== undefined && { token }) })
/** An act that needs a proof. */
const exportOwn = async (token = diner.token) => {
  const answer = await askApi({ url: apps.urlOf(), path: '/api/v1/account/export', token })
  return answer.status === 200 ? 'done' : readJson(answer).reason
}
const newestRequest = async (): Promise<string> => {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM link_requests WHERE session_id = $1 ORDER BY created_at DESC LIMIT 1`,
    [diner.sessionId],
  )
  return rows[0]?.id ?? ''
}

describe('G24: a bearer of a token', () => {
  test('G24: proves who they are by password, and the act goes on, in that session alone', async () => {
    const other = await openSessionOf(diner)
    await pool.query(`UPDATE sessions SET proved_at = now() - interval '11 minutes'`)
    expect(await exportOwn(), 'control').toBe('proof-needed')
    const wrong = await prove({ password: 'not this one' })
    expect([wrong.status, readJson(wrong).reason]).toEqual([403, 'wrong-password'])
    expect(await exportOwn(), 'control').toBe('proof-needed')
    expect((await prove({ password: DEMO_PASSWORD })).status).toBe(204)
    expect(await exportOwn()).toBe('done')
    expect(await exportOwn(other.token), 'control').toBe('proof-needed')
  })

  test('G24: or by a mailed code, once', async () => {
    const mailed = await post({ path: 'proof-code' })
    expect([mailed.status, readJson(mailed)]).toEqual([202, { email: diner.email }])
    const code = makeCode({ kind: 'link-request', id: await newestRequest() })
    const mail = await inbox.waitForMail({ recipient: diner.email })
    expect(mail.text).toContain(code)
    const wrong = code === '000000' ? '000001' : '000000'
    expect(readJson(await prove({ code: wrong }))).toMatchObject({ reason: 'code-wrong' })
    expect(await exportOwn(), 'control').toBe('proof-needed')
    expect((await prove({ code })).status).toBe(204)
    expect(await exportOwn()).toBe('done')
    expect(readJson(await prove({ code })).reason).toBe('code-used')
  })

  test('G24: a code of one session proves nothing in another, nor for another person', async () => {
    const other = await openSessionOf(diner)
    const stranger = await createPerson()
    await post({ path: 'proof-code' })
    const code = makeCode({ kind: 'link-request', id: await newestRequest() })
    for (const token of [other.token, stranger.token])
      expect(readJson(await prove({ code }, token)).reason).toBe('request-unknown')
    expect((await prove({ code })).status, 'control').toBe(204)
  })

  test('G20: guesses are limited as elsewhere, and the right password is too, then', async () => {
    const reasons: unknown[] = []
    for (let tries = 0; tries < 11; tries++)
      reasons.push(readJson(await prove({ password: `guess ${tries}` })).reason)
    expect(reasons.slice(0, 10)).toEqual(Array(10).fill('wrong-password'))
    expect(reasons.at(-1)).toBe('rate-limited')
    const right = await prove({ password: DEMO_PASSWORD })
    expect([right.status, readJson(right).reason]).toEqual([429, 'rate-limited'])
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(0)
  })

  test('G20: five codes are mailed in fifteen minutes', async () => {
    const statuses: number[] = []
    for (let mails = 0; mails < 6; mails++)
      statuses.push((await post({ path: 'proof-code' })).status)
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429])
  })

  test('G24: without a session there is nothing to prove, and a body is one proof', async () => {
    const old = await signTokenFor(diner)
    expect((await prove({ password: DEMO_PASSWORD }, old)).status).toBe(401)
    for (const body of [{}, { password: DEMO_PASSWORD, code: '123456' }, { code: '12345' }])
      expect((await prove(body)).status).toBe(422)
    expect((await prove({ password: DEMO_PASSWORD })).status, 'control').toBe(204)
  })
})
