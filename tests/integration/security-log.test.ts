import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { recordAct } from '@/domain/identity/audit.commands'
import { signIn } from '@/domain/identity/commands'
import { mailLink } from '@/domain/identity/link.commands'
import { signInByLink } from '@/domain/identity/link-visit.commands'
import { endSessions } from '@/domain/identity/people.commands'
import { signLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { runTransaction } from '@/lib/db/transaction'
import { apiRoute } from '@/lib/http/api'
import { readVisitor } from '@/lib/http/session'
import type { Reason } from '@/lib/problems/problem'
import { refuse, succeed } from '@/lib/problems/result'
import { inRequest } from '@/lib/request-context'
import { createAccount, DEMO_PASSWORD } from '@/prisma/factories'
import { bookAs, createDinerIds, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { signTokenFor } from '../support/http-scene'
import { useSecurityLines } from '../support/security-lines'

const database = useDatabase()
const security = useSecurityLines()
beforeEach(() => database.truncateAll())

const request = (id: string) => ({
  id,
  operation: 'test',
  address: '203.0.113.9',
  accountId: null,
})

const readRequestIds = (act: string) =>
  database.query<{ requestId: string | null }>(
    `SELECT request_id AS "requestId" FROM audit_events WHERE act = $1`,
    [act],
  )

/**
 * A route that refuses for a reason, as every route does. Each is another operation, so that a
 * flood's thinning does not hide its line.
 */
function ask({ reason, headers = {} }: { reason: Reason; headers?: Record<string, string> }) {
  const route = apiRoute({
    operationId: `refuse-${randomUUID()}`,
    summary: 'A test',
    who: 'anyone',
    answers: { 204: null },
    refusals: [reason],
    answer: async () => refuse(reason),
  })
  return route(new Request('http://localhost/', { headers }), { params: Promise.resolve({}) })
}

const recordChange = (accountId: string) =>
  runTransaction((tx) =>
    recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor: { accountId, role: 'DINER', address: null },
      act: 'CHANGE_ADDRESS',
      to: 'ACTIVE',
    }),
  )

describe('a request id that the audit log shares', () => {
  test('stands in the act of a transaction and in the security line', async () => {
    const { id } = await createAccount(pool)
    await inRequest(request('request-0001'), () => recordChange(id))
    expect(await readRequestIds('CHANGE_ADDRESS')).toEqual([{ requestId: 'request-0001' }])
    const [line] = security.find('account-act')
    expect(line).toMatchObject({
      stream: 'security',
      requestId: 'request-0001',
      address: '203.0.113.9',
      act: 'CHANGE_ADDRESS',
      subjectId: id,
    })
    const [event] = await database.query('SELECT id FROM audit_events')
    expect(line?.auditId).toBe(event?.id)
  })

  test('stands in the act of a booking, whose one statement brings it along', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const [dinerId = ''] = await createDinerIds(1)
    await inRequest(request('request-0002'), () => bookAs(dinerId, scene))
    expect(await readRequestIds('BOOK')).toEqual([{ requestId: 'request-0002' }])
  })

  test('never passes to the next work on the same connection, and work of no request has none', async () => {
    const { id } = await createAccount(pool)
    await inRequest(request('request-0003'), () => recordChange(id))
    for (let count = 0; count < 12; count++) await recordChange(id)
    const ids = await readRequestIds('CHANGE_ADDRESS')
    expect(ids.filter(({ requestId }) => requestId !== null)).toHaveLength(1)
  })

  test('two requests at once keep their own', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => createAccount(pool)))
    await Promise.all(
      people.map(({ id }) => inRequest(request(`of-${id}`), () => recordChange(id))),
    )
    const rows = await database.query<{ ofItself: boolean }>(
      `SELECT request_id = 'of-' || subject_id AS "ofItself" FROM audit_events`,
    )
    expect(rows).toEqual(people.map(() => ({ ofItself: true })))
  })

  test.each([
    ['a-good-id.of:platform_1', true],
    ['short', false],
    ['x'.repeat(65), false],
    [`'; DROP TABLE accounts; --`, false],
    ['with space inside', false],
    ['{"json":"line"}', false],
  ])('is the platform’s only if well formed: %s', async (given, isTaken) => {
    await ask({ reason: 'not-allowed', headers: { 'x-request-id': given } })
    const [line] = security.find('forbidden')
    expect(line?.requestId === given).toBe(isTaken)
    expect(security.readText()).not.toContain(isTaken ? 'DROP TABLE' : given)
  })
})

describe('the security log', () => {
  test('tells of a sign-in, a failure and a lock, without the address in clear', async () => {
    const { id, email } = await createAccount(pool)
    const attempt = (password: string) =>
      signIn({
        credentials: { email, password },
        address: null,
        browser: { browser: 'CHROME', system: 'MAC' },
      })
    expect((await attempt(DEMO_PASSWORD)).ok).toBe(true)
    const failed = await attempt('wrong-password-of-a-stranger')
    expect(failed).toMatchObject({ reason: 'wrong-credentials' })
    let outcome = failed
    for (let tried = 0; tried < 30 && !outcome.ok && outcome.reason !== 'rate-limited'; tried++)
      outcome = await attempt('wrong-password-of-a-stranger')
    expect(security.find('sign-in')).toMatchObject([{ accountId: id, way: 'password' }])
    const [failure] = security.find('sign-in-failed')
    const [lock] = security.find('sign-in-locked')
    expect(failure?.mailbox).toMatch(/^[0-9a-f]{16}$/)
    expect(lock).toMatchObject({ mailbox: failure?.mailbox, reason: 'rate-limited' })
    expect(security.readText()).not.toContain(email)
    expect(security.readText()).not.toContain(DEMO_PASSWORD)
    expect(security.readText()).not.toContain('wrong-password-of-a-stranger')
  })

  test.each([
    ['not-allowed', 'forbidden'],
    ['foreign-origin', 'forbidden'],
    ['other-address', 'forbidden'],
    ['rate-limited', 'limited'],
    ['wrong-password', 'proof-failed'],
    ['link-unknown', 'link-refused'],
    ['link-used', 'link-refused'],
    ['code-wrong', 'link-refused'],
  ] as const)('tells of a refusal for %s as %s', async (reason, event) => {
    await ask({ reason })
    expect(security.read().filter((line) => line.reason === reason)).toMatchObject([
      { event, operation: expect.stringMatching(/^refuse-/) },
    ])
  })

  test.each(['not-open-yet', 'no-turn', 'bookings-off', 'sold-out', 'not-found'] as const)(
    'is silent about %s, which says nothing of rights',
    async (reason) => {
      await ask({ reason })
      expect(security.read()).toEqual([])
    },
  )

  test('names who was refused once the session is read', async () => {
    const { id, email } = await createAccount(pool)
    const token = await signTokenFor({ id, email })
    const route = apiRoute({
      operationId: 'refuseOne',
      summary: 'A test',
      who: readVisitor,
      answers: { 200: z.null() },
      refusals: ['not-allowed'],
      answer: async ({ who }) => (who.accountId === id ? refuse('not-allowed') : succeed(null)),
    })
    const headers = { authorization: `Bearer ${token}` }
    await route(new Request('http://localhost/', { headers }), { params: Promise.resolve({}) })
    expect(security.find('forbidden')).toMatchObject([{ askerId: id, operation: 'refuseOne' }])
    expect(security.readText()).not.toContain(email)
    expect(security.readText()).not.toContain(token)
  })

  test('tells of a link used and of an admin’s act, without link or address', async () => {
    const account = await createAccount(pool)
    const admin = await createAccount(pool, { role: 'ADMIN' })
    const mailed = await runTransaction((tx) =>
      mailLink(tx, {
        account,
        purpose: 'SIGN_IN',
        email: account.email,
        actor: { accountId: account.id, role: 'DINER', address: null },
      }),
    )
    if (!mailed.ok) throw new Error(mailed.reason)
    const token = signLink({ kind: 'account', id: mailed.value.linkId })
    expect((await signInByLink({ token, address: null })).ok).toBe(true)
    const actor = { accountId: admin.id, address: null }
    expect((await endSessions({ accountId: account.id, actor })).ok).toBe(true)
    expect(security.find('account-act').map(({ act }) => act)).toEqual([
      'MAIL_LINK',
      'SIGN_IN_BY_LINK',
    ])
    expect(security.find('admin-act')).toMatchObject([
      { act: 'END_SESSIONS', actorId: admin.id, subjectId: account.id },
    ])
    expect(security.readText()).not.toContain(token)
    expect(security.readText()).not.toContain(account.email)
  })

  test('tells nothing of an act that was rolled back', async () => {
    const { id } = await createAccount(pool)
    const stopped = await runTransaction(async (tx, stop) => {
      await recordAct(tx, {
        subject: 'ACCOUNT',
        subjectId: id,
        actor: { accountId: id, role: 'DINER', address: null },
        act: 'CHANGE_PASSWORD',
        to: 'ACTIVE',
      })
      return stop(refuse('changed-meanwhile'))
    })
    expect(stopped.ok).toBe(false)
    expect(security.read()).toEqual([])
  })
})
