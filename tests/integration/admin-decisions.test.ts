import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  endSessions,
  makeAdmin,
  sendConfirmation,
  unmakeAdmin,
} from '@/domain/identity/people.commands'
import { findLiveSession } from '@/domain/identity/session.queries'
import {
  approveOwner,
  refuseOwner,
  withdrawApproval,
} from '@/domain/restaurant/owner-approval.commands'
import { readStaffRole } from '@/domain/restaurant/queries'
import { publishRestaurant } from '@/domain/restaurant/settings.commands'
import { hideRestaurant, restoreRestaurant } from '@/domain/restaurant/visibility.commands'
import { pool } from '@/lib/db/database'
import { createAccount, createRestaurant, createStaff } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { holdSession } from '../support/session-scene'
import { decideUnprotected } from '../support/unprotected-approval'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const actorOf = ({ id }: { id: string }) => ({ accountId: id, address: '203.0.113.7' })
const createAdmin = (name = '최관리') => createAccount(pool, { role: 'ADMIN', name })
const createWaiting = (given = {}) =>
  createAccount(pool, { role: 'OWNER', ownerApprovedAt: null, name: '한기다림', ...given })

const readAuditLog = () =>
  database.query<{ act: string; actor: string; address: string; details: unknown }>(
    `SELECT e.act, a.name AS actor, e.address, e.details FROM audit_events e
       LEFT JOIN accounts a ON a.id = e.actor_id ORDER BY e.at, e.act`,
  )
const readMails = () =>
  database.query<{ kind: string; payload: { reason?: string } }>(
    'SELECT kind, payload FROM notices ORDER BY ordinal',
  )

/** By the database's word only an admin decides; a demoted admin's token still says otherwise. */
describe('G19: nobody but an admin finds anyone to decide about', () => {
  test.each(['DINER', 'OWNER'] as const)('G19: %s', async (role) => {
    const actor = actorOf(await createAccount(pool, { role }))
    const { sessionId } = await holdSession(actor.accountId)
    const waiting = await createWaiting()
    const approved = await createAccount(pool, { role: 'OWNER' })
    const { id: restaurantId } = await createRestaurant(pool, { ownerId: approved.id })
    const about = { accountId: waiting.id, actor }
    const answers = [
      await approveOwner({ ...about, seen: 'WAITING' }),
      await refuseOwner({ ...about, reason: 'no' }),
      await withdrawApproval({ accountId: approved.id, reason: 'no', actor }),
      await endSessions(about),
      await makeAdmin({ ...about, sessionId }),
      await makeAdmin({ accountId: actor.accountId, sessionId, actor }),
      await unmakeAdmin({ ...about, sessionId }),
      await sendConfirmation(about),
      await hideRestaurant({ restaurantId, reason: 'no', actor }),
      await restoreRestaurant({ restaurantId, reason: 'no', actor }),
    ]
    for (const answer of answers) expect(answer).toEqual({ ok: false, reason: 'not-found' })
    expect(await readAuditLog()).toEqual([])
  })

  test('G19: an admin demoted at the same moment acts before that, or not at all', async () => {
    const [chief, other] = [await createAdmin(), await createAdmin('박관리')]
    const { sessionId } = await holdSession(chief.id)
    const waiting = await createWaiting()
    const [demoted, approved] = await Promise.all([
      unmakeAdmin({ accountId: other.id, sessionId, actor: actorOf(chief) }),
      approveOwner({ accountId: waiting.id, seen: 'WAITING', actor: actorOf(other) }),
    ])
    expect(demoted).toMatchObject({ ok: true })
    const acts = (await readAuditLog()).map(({ act }) => act)
    expect(acts).toHaveLength(approved.ok ? 2 : 1)
    if (!approved.ok) expect(approved.reason).toBe('not-found')
  })
})

describe('an owner waits for approval', () => {
  test('approved: may act at once and gets a mail, and the audit log says who approved', async () => {
    const admin = await createAdmin()
    const owner = await createWaiting()
    const { id: restaurantId } = await createRestaurant(pool, { ownerId: owner.id })
    const asked = { accountId: owner.id, restaurantId }
    expect(await readStaffRole(asked)).toBeNull()
    expect(
      await approveOwner({ accountId: owner.id, seen: 'WAITING', actor: actorOf(admin) }),
    ).toEqual({ ok: true, value: { name: '한기다림', state: 'APPROVED' } })
    expect(await readStaffRole(asked)).toBe('OWNER')
    expect(await readMails()).toMatchObject([{ kind: 'OWNER_APPROVED' }])
    expect(await readAuditLog()).toEqual([
      { act: 'APPROVE_OWNER', actor: '최관리', address: '203.0.113.7', details: null },
    ])
  })

  test('refused with a reason that the mail gives, then approved after all', async () => {
    const actor = actorOf(await createAdmin())
    const { id: accountId } = await createWaiting()
    const reason = '등록증의 이름이 <b>달라요</b>'
    expect(await refuseOwner({ accountId, reason, actor })).toMatchObject({ ok: true })
    expect(await readMails()).toMatchObject([{ kind: 'OWNER_REFUSED', payload: { reason } }])
    expect(await approveOwner({ accountId, seen: 'REFUSED', actor })).toMatchObject({ ok: true })
    expect((await readAuditLog()).map(({ details }) => details)).toEqual([
      { reason },
      { refusedFor: reason },
    ])
  })

  test('two admins at once: one decides, the other learns who decided what, and when', async () => {
    const [one, two] = [await createAdmin('김하나'), await createAdmin('이두리')]
    const { id: accountId } = await createWaiting()
    const answers = await Promise.all([
      approveOwner({ accountId, seen: 'WAITING', actor: actorOf(one) }),
      refuseOwner({ accountId, reason: '서류가 없어요', actor: actorOf(two) }),
    ])
    const [first, second] = answers
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(first.ok ? second : first).toMatchObject({
      reason: 'already-decided',
      details: {
        state: first.ok ? 'APPROVED' : 'REFUSED',
        decidedBy: first.ok ? '김하나' : '이두리',
        decidedAt: expect.stringMatching(/Z$/),
      },
    })
    expect(await readMails()).toHaveLength(1)
  })

  test('control: without the lock both admins are told that theirs was the decision', async () => {
    const { id: accountId } = await createWaiting()
    const answers = await Promise.all([
      decideUnprotected({ accountId, approve: true }),
      decideUnprotected({ accountId, approve: false }),
    ])
    expect(answers).toEqual([{ ok: true }, { ok: true }])
  })

  test('an owner with an unconfirmed address is not approved', async () => {
    const actor = actorOf(await createAdmin())
    const { id: accountId } = await createWaiting({ emailConfirmedAt: null })
    expect(await approveOwner({ accountId, seen: 'WAITING', actor })).toMatchObject({
      reason: 'person-unconfirmed',
    })
    expect(await sendConfirmation({ accountId, actor })).toMatchObject({ ok: true })
    expect(await readMails()).toMatchObject([{ kind: 'CONFIRM_ADDRESS' }])
  })

  test.each([
    ['a diner', { role: 'DINER' } as const],
    ['an admin', { role: 'ADMIN' } as const],
  ])('%s is nobody to approve', async (_, given) => {
    const actor = actorOf(await createAdmin())
    const { id: accountId } = await createAccount(pool, given)
    for (const id of [accountId, randomUUID()])
      expect(await approveOwner({ accountId: id, seen: 'WAITING', actor })).toEqual({
        ok: false,
        reason: 'not-found',
      })
  })
})

describe('an approval is withdrawn', () => {
  test('the rights end at once, restaurants without another owner are hidden, and reservations stand', async () => {
    const actor = actorOf(await createAdmin())
    const [owner, partner] = [
      await createAccount(pool, { role: 'OWNER' }),
      await createAccount(pool, { role: 'OWNER' }),
    ]
    const alone = await createRestaurant(pool, { ownerId: owner.id })
    const shared = await createRestaurant(pool, { ownerId: owner.id })
    await createStaff(pool, { restaurantId: shared.id, accountId: partner.id })
    const withdrawn = await withdrawApproval({ accountId: owner.id, reason: '폐업', actor })
    expect(withdrawn).toMatchObject({ ok: true, value: { hiddenCount: 1 } })
    expect(await readStaffRole({ accountId: owner.id, restaurantId: alone.id })).toBeNull()
    expect(
      await database.query(
        'SELECT published, hidden_reason AS reason FROM restaurants WHERE id = ANY($1) ORDER BY id = $2 DESC',
        [[alone.id, shared.id], alone.id],
      ),
    ).toEqual([
      { published: false, reason: '폐업' },
      { published: true, reason: null },
    ])
    expect((await readMails()).map(({ kind }) => kind)).toEqual(['OWNER_WITHDRAWN'])
  })

  test('two co-owners losing it at once leave no restaurant visible without an owner', async () => {
    const [one, two] = [await createAdmin('김하나'), await createAdmin('이두리')]
    const owner = await createAccount(pool, { role: 'OWNER' })
    const partner = await createAccount(pool, { role: 'OWNER' })
    const { id } = await createRestaurant(pool, { ownerId: owner.id })
    await createStaff(pool, { restaurantId: id, accountId: partner.id })
    await Promise.all([
      withdrawApproval({ accountId: owner.id, reason: '폐업', actor: actorOf(one) }),
      withdrawApproval({ accountId: partner.id, reason: '폐업', actor: actorOf(two) }),
    ])
    expect(await database.query('SELECT published FROM restaurants')).toEqual([
      { published: false },
    ])
  })
})

describe('admins', () => {
  test('an owner made an admin is an owner again when that ends', async () => {
    const actor = actorOf(await createAdmin())
    const owner = await createAccount(pool, { role: 'OWNER' })
    const { sessionId } = await holdSession(actor.accountId)
    expect(await makeAdmin({ accountId: owner.id, sessionId, actor })).toMatchObject({ ok: true })
    expect(await makeAdmin({ accountId: owner.id, sessionId, actor })).toMatchObject({
      reason: 'already-decided',
    })
    expect(await unmakeAdmin({ accountId: owner.id, sessionId, actor })).toMatchObject({ ok: true })
    expect(
      await database.query('SELECT role, owner_approved_at AS at FROM accounts WHERE id = $1', [
        owner.id,
      ]),
    ).toEqual([{ role: 'OWNER', at: owner.ownerApprovedAt }])
  })

  test('one is always left, even when all of them go at once', async () => {
    const admins = [await createAdmin('가'), await createAdmin('나'), await createAdmin('다')]
    const answers = await Promise.all(
      admins.map(async ({ id }) => {
        const { sessionId } = await holdSession(id)
        return unmakeAdmin({ accountId: id, sessionId, actor: actorOf({ id }) })
      }),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ reason: 'last-admin' })
  })

  test('signing an account out ends all its sessions', async () => {
    const actor = actorOf(await createAdmin())
    const { id: accountId, email, name } = await createAccount(pool)
    const session = {
      accountId,
      email,
      name,
      role: 'DINER',
      locale: 'ko',
      epoch: 0,
      awaitsApproval: false,
    } as const
    expect(await findLiveSession({ ...session, sessionId: null })).not.toBeNull()
    expect(await endSessions({ accountId, actor })).toMatchObject({ ok: true })
    expect(await findLiveSession({ ...session, sessionId: null })).toBeNull()
  })
})

describe('a restaurant is hidden', () => {
  test('its owner can’t publish it; an admin shows it again, and both reasons are kept', async () => {
    const actor = actorOf(await createAdmin())
    const owner = await createAccount(pool, { role: 'OWNER' })
    const { id: restaurantId } = await createRestaurant(pool, { ownerId: owner.id })
    expect(await hideRestaurant({ restaurantId, reason: '점검', actor })).toMatchObject({
      ok: true,
    })
    expect(await hideRestaurant({ restaurantId, reason: '또', actor })).toMatchObject({
      reason: 'already-decided',
    })
    const publish = { restaurantId, actor: actorOf(owner), isOn: true }
    expect(await publishRestaurant(publish)).toMatchObject({
      reason: 'hidden-by-admin',
      details: { hiddenFor: '점검' },
    })
    expect(await restoreRestaurant({ restaurantId, reason: '끝', actor })).toMatchObject({
      ok: true,
    })
    expect((await readAuditLog()).map(({ act, details }) => ({ act, details }))).toEqual([
      { act: 'HIDE', details: { reason: '점검' } },
      { act: 'RESTORE', details: { reason: '끝' } },
    ])
  })
})
