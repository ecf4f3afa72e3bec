import { beforeEach, describe, expect, test } from 'vitest'
import {
  acceptInvitation,
  inviteStaff,
  revokeInvitation,
} from '@/domain/restaurant/invitation.commands'
import { readStaffRole } from '@/domain/restaurant/queries'
import { changeMemberRole, removeMember } from '@/domain/restaurant/staff.commands'
import { findInvitation, listInvitations, listStaff } from '@/domain/restaurant/staff.queries'
import { readLink, signLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { createAccount, createInvitation, createRestaurant, createStaff } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { actorOf, listActs, setUpSettings } from '../support/settings-scene'
import { spoil } from '../support/spoil'
import { removeOwnerUnprotected } from '../support/unprotected-staff'

const database = useDatabase()
beforeEach(() => database.truncateAll())

/** A restaurant with two approved owners and nobody else. */
async function setUpTwoOwners() {
  const [one, two] = await Promise.all([
    createAccount(pool, { role: 'OWNER', name: '가' }),
    createAccount(pool, { role: 'OWNER', name: '나' }),
  ])
  const { id: restaurantId } = await createRestaurant(pool, { ownerId: one.id })
  await createStaff(pool, { restaurantId, accountId: two.id })
  return { restaurantId, one: one.id, two: two.id }
}
const countOwners = async (restaurantId: string) =>
  (await listStaff(restaurantId)).filter(({ role }) => role === 'OWNER').length

describe('the last owner', () => {
  test('stays: neither removed nor made staff, by themselves or by an admin', async () => {
    const { restaurantId, owner, admin, others } = await setUpSettings()
    for (const id of [owner, admin]) {
      const asked = { restaurantId, accountId: owner, actor: actorOf(id) }
      expect(await removeMember(asked)).toMatchObject({ reason: 'last-owner' })
      expect(await changeMemberRole({ ...asked, role: 'STAFF' })).toMatchObject({
        reason: 'last-owner',
      })
    }
    // Unapproved owners don't count, and can be removed.
    const asked = { restaurantId, accountId: others.unapproved, actor: actorOf(owner) }
    expect(await removeMember(asked)).toMatchObject({ ok: true })
  })

  const race = async (
    remove: (asked: { restaurantId: string; accountId: string; by: string }) => Promise<unknown>,
  ) => {
    const { restaurantId, one, two } = await setUpTwoOwners()
    await Promise.all([
      remove({ restaurantId, accountId: two, by: one }),
      remove({ restaurantId, accountId: one, by: two }),
    ])
    return countOwners(restaurantId)
  }

  test('control: without the lock two owners who remove each other are both gone', async () => {
    expect(await race(removeOwnerUnprotected)).toBe(0)
  })

  test('two owners who remove each other at once: one stays, and one is refused', async () => {
    for (let round = 0; round < 5; round += 1) {
      const left = await race(({ by, ...asked }) => removeMember({ ...asked, actor: actorOf(by) }))
      expect(left).toBe(1)
    }
  })

  test('two who step down at once: one remains an owner', async () => {
    const { restaurantId, one, two } = await setUpTwoOwners()
    const answers = await Promise.all(
      [one, two].map((id) =>
        changeMemberRole({ restaurantId, accountId: id, actor: actorOf(id), role: 'STAFF' }),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ reason: 'last-owner' })
    expect(await countOwners(restaurantId)).toBe(1)
  })
})

describe('members', () => {
  test('G19: only approved owners and admins change them; others find nothing', async () => {
    const { restaurantId, owner, others } = await setUpSettings()
    const before = await listStaff(restaurantId)
    for (const id of Object.values(others)) {
      const asked = { restaurantId, accountId: owner, actor: actorOf(id) }
      expect(await removeMember(asked)).toEqual({ ok: false, reason: 'not-found' })
      const role = 'STAFF' as const
      expect(await changeMemberRole({ ...asked, role })).toEqual({ ok: false, reason: 'not-found' })
    }
    const stranger = { restaurantId, accountId: others.diner, actor: actorOf(owner) }
    expect(await removeMember(stranger)).toMatchObject({ reason: 'not-found' })
    expect(await listStaff(restaurantId)).toEqual(before)
    expect(await listActs(restaurantId)).toEqual([])
  })

  test('only an approved owner’s account becomes an owner; a removed member loses all rights at once', async () => {
    const { restaurantId, owner, others } = await setUpSettings()
    const asked = { restaurantId, actor: actorOf(owner) }
    const floor = { ...asked, accountId: others.floor }
    expect(await changeMemberRole({ ...floor, role: 'OWNER' })).toMatchObject({
      reason: 'not-an-owner',
    })
    await createStaff(pool, { restaurantId, accountId: others.otherOwner, role: 'STAFF' })
    const hired = { ...asked, accountId: others.otherOwner }
    expect(await changeMemberRole({ ...hired, role: 'OWNER' })).toMatchObject({ ok: true })
    const right = { restaurantId, accountId: others.otherOwner }
    expect(await readStaffRole(right)).toBe('OWNER')
    expect(await removeMember(hired)).toMatchObject({ ok: true })
    expect(await readStaffRole(right)).toBeNull()
    expect(await listActs(restaurantId)).toMatchObject([
      { act: 'CHANGE_ROLE', to: 'OWNER' },
      { act: 'REMOVE_STAFF', to: 'NONE' },
    ])
  })

  test('an owner who waits for approval can work on another restaurant’s floor meanwhile', async () => {
    const { restaurantId } = await setUpSettings()
    const { id: accountId } = await createAccount(pool, { role: 'OWNER', ownerApprovedAt: null })
    await createStaff(pool, { restaurantId, accountId, role: 'STAFF' })
    expect(await readStaffRole({ accountId, restaurantId })).toBe('STAFF')
  })
})

describe('inviting', () => {
  const email = 'kim@bobjool.test'
  const invite = (
    { restaurantId }: { restaurantId: string },
    by: string,
    change: { email?: string; role?: 'OWNER' | 'STAFF' } = {},
  ) => {
    const wish = { email, role: 'STAFF' as const, locale: 'ko' as const, ...change }
    return inviteStaff({ restaurantId, actor: actorOf(by), ...wish })
  }
  const readMails = () =>
    database.query<{ recipient: string; locale: string; payload: { invitationId: string } }>(
      `SELECT recipient, locale, payload FROM notices WHERE kind = 'STAFF_INVITED' ORDER BY ordinal`,
    )

  test('G16: one open invitation, seven days, with a mail in its reader’s language', async () => {
    const restaurant = await setUpSettings()
    await createAccount(pool, { email, locale: 'en' })
    expect(await invite(restaurant, restaurant.owner)).toEqual({ ok: true, value: null })
    const [open] = await listInvitations(restaurant.restaurantId)
    expect(open).toMatchObject({ email, role: 'STAFF', isExpired: false })
    expect(Math.round((Number(open?.expiresAt) - Date.now()) / 86_400_000)).toBe(7)
    expect(await readMails()).toMatchObject([
      { recipient: email, locale: 'en', payload: { invitationId: open?.id } },
    ])
    // Sent again: the previous link stops working.
    await invite(restaurant, restaurant.owner, { role: 'OWNER' })
    const again = await listInvitations(restaurant.restaurantId)
    expect(again).toMatchObject([{ role: 'OWNER' }])
    const first = await findInvitation({ id: open?.id ?? '', accountId: null })
    expect(first?.invitation.state).toBe('REVOKED')
  })

  test('G19: nobody else invites; a member is not invited again', async () => {
    const restaurant = await setUpSettings()
    for (const id of Object.values(restaurant.others))
      expect(await invite(restaurant, id)).toEqual({ ok: false, reason: 'not-found' })
    const { rows } = await pool.query<{ email: string }>(
      'SELECT email FROM accounts WHERE id = $1',
      [restaurant.others.floor],
    )
    const taken = rows[0]?.email ?? ''
    expect(await invite(restaurant, restaurant.owner, { email: taken })).toMatchObject({
      reason: 'already-staff',
    })
    expect(await readMails()).toEqual([])
  })

  test('G20: a mailbox gets five invitations a day, from all senders together', async () => {
    const restaurant = await setUpSettings()
    const to = { email: 'flooded@bobjool.test' }
    for (let sent = 0; sent < 5; sent += 1)
      expect(await invite(restaurant, restaurant.owner, to)).toMatchObject({ ok: true })
    for (const id of [restaurant.owner, restaurant.admin])
      expect(await invite(restaurant, id, to)).toMatchObject({ reason: 'rate-limited' })
  })

  test('there is room for a hundred, people and invitations together', async () => {
    const restaurant = await setUpSettings()
    await database.query(
      `INSERT INTO staff_invitations (restaurant_id, email, role, expires_at)
       SELECT $1, 'guest' || n || '@bobjool.test', 'STAFF', now() + interval '1 day'
         FROM generate_series(1, 96) AS n`,
      [restaurant.restaurantId],
    )
    const fifth = { email: 'guest5@bobjool.test' }
    expect(
      await invite(restaurant, restaurant.owner, { email: 'late@bobjool.test' }),
    ).toMatchObject({
      reason: 'staff-full',
    })
    expect(await invite(restaurant, restaurant.owner, fifth)).toMatchObject({ ok: true })
  })
})

describe('accepting', () => {
  const email = 'lee@bobjool.test'
  const setUpInvited = async (
    change: Parameters<typeof createAccount>[1] = {},
    role: 'OWNER' | 'STAFF' = 'STAFF',
  ) => {
    const restaurant = await setUpSettings()
    const { id: accountId } = await createAccount(pool, { email, ...change })
    const { restaurantId } = restaurant
    const id = await createInvitation(pool, { restaurantId, email, role })
    const accept = (by = accountId) => acceptInvitation({ invitationId: id, actor: actorOf(by) })
    const right = () => readStaffRole({ accountId, restaurantId })
    return { ...restaurant, accountId, id, accept, right }
  }

  test('staff can act at once, and the link works only once', async () => {
    const { accept, right, slug, restaurantId } = await setUpInvited()
    expect(await right()).toBeNull()
    expect(await accept()).toEqual({ ok: true, value: { slug, isWaiting: false } })
    expect(await right()).toBe('STAFF')
    expect(await accept()).toMatchObject({ reason: 'link-used' })
    expect(await listActs(restaurantId)).toEqual([
      { act: 'ACCEPT_INVITATION', actorRole: 'DINER', to: 'STAFF' },
    ])
  })

  test('pressed twice at once: one joins, one is refused, one row exists', async () => {
    const { accept, restaurantId, accountId } = await setUpInvited()
    const answers = await Promise.all([accept(), accept(), accept()])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    for (const answer of answers.filter(({ ok }) => !ok))
      expect(answer).toMatchObject({ reason: 'link-used' })
    const staff = await listStaff(restaurantId)
    expect(staff.filter((member) => member.accountId === accountId)).toHaveLength(1)
  })

  test('a co-owner needs an approval: a diner’s account applies for it and has no rights before', async () => {
    const { accept, right, accountId, restaurantId } = await setUpInvited({}, 'OWNER')
    expect(await accept()).toMatchObject({ ok: true, value: { isWaiting: true } })
    expect(await right()).toBeNull()
    expect(
      await database.query('SELECT role, owner_approved_at FROM accounts WHERE id = $1', [
        accountId,
      ]),
    ).toEqual([{ role: 'OWNER', owner_approved_at: null }])
    // One transaction is one instant: its acts come in either order.
    const acts = await listActs(restaurantId)
    expect(acts.toSorted((one, other) => one.act.localeCompare(other.act))).toMatchObject([
      { act: 'ACCEPT_INVITATION', to: 'OWNER' },
      { act: 'ASK_TO_OWN', to: 'WAITING' },
    ])
    expect(await listStaff(restaurantId)).toContainEqual(
      expect.objectContaining({ accountId, isWaiting: true }),
    )
    await database.query('UPDATE accounts SET owner_approved_at = now() WHERE id = $1', [accountId])
    expect(await right()).toBe('OWNER')
  })

  test('an approved owner co-owns at once', async () => {
    const { accept, right } = await setUpInvited({ role: 'OWNER' }, 'OWNER')
    expect(await accept()).toMatchObject({ ok: true, value: { isWaiting: false } })
    expect(await right()).toBe('OWNER')
  })

  test('expired by the database’s clock, revoked, or of a deleted restaurant: each refusal says so', async () => {
    const { accept, right, id, owner, restaurantId } = await setUpInvited()
    await database.query(`UPDATE staff_invitations SET created_at = now() - interval '8 days',
                                 expires_at = now()`)
    expect(await accept()).toMatchObject({ reason: 'link-expired' })
    const asked = { restaurantId, invitationId: id, actor: actorOf(owner) }
    expect(await revokeInvitation(asked)).toMatchObject({ ok: true })
    expect(await revokeInvitation(asked)).toMatchObject({ ok: true })
    expect(await accept()).toMatchObject({ reason: 'invitation-revoked' })
    await database.query('UPDATE restaurants SET deleted_at = now()')
    expect(await accept()).toMatchObject({ reason: 'link-unknown' })
    expect(await findInvitation({ id, accountId: null })).toBeNull()
    expect(await right()).toBeNull()
  })

  test('G19: another account, an unconfirmed one, or a member can’t', async () => {
    const { accept, others, owner, id } = await setUpInvited({ emailConfirmedAt: null })
    for (const by of [others.diner, owner, others.floor])
      expect(await accept(by)).toMatchObject({ reason: 'other-address' })
    expect(await accept(others.nobody)).toMatchObject({ reason: 'signed-out' })
    expect(await accept()).toMatchObject({ reason: 'address-unconfirmed' })
    const shown = await findInvitation({ id, accountId: others.diner })
    expect(JSON.stringify(shown)).not.toContain(email)
    expect(shown).toMatchObject({ reader: 'OTHER_ADDRESS', invitation: { state: 'OPEN' } })
  })

  test('accepted while it is revoked: exactly one of the two holds', async () => {
    for (let round = 0; round < 5; round += 1) {
      await database.truncateAll()
      const { accept, right, id, owner, restaurantId } = await setUpInvited()
      const [accepted, revoked] = await Promise.all([
        accept(),
        revokeInvitation({ restaurantId, invitationId: id, actor: actorOf(owner) }),
      ])
      expect([accepted.ok, revoked.ok].filter(Boolean)).toHaveLength(1)
      expect(await right()).toBe(accepted.ok ? 'STAFF' : null)
    }
  })

  test('G19: another restaurant’s owner revokes no invitation of ours', async () => {
    const { id, restaurantId, others } = await setUpInvited()
    const asked = { invitationId: id, actor: actorOf(others.otherOwner) }
    expect(await revokeInvitation({ ...asked, restaurantId })).toMatchObject({
      reason: 'not-found',
    })
    const { rows } = await pool.query<{ id: string }>(
      'SELECT restaurant_id AS id FROM restaurant_staff WHERE account_id = $1',
      [others.otherOwner],
    )
    const own = rows[0]?.id ?? ''
    expect(await revokeInvitation({ ...asked, restaurantId: own })).toMatchObject({
      reason: 'not-found',
    })
  })

  test('a link’s seal is good for one purpose: forged, changed, or of another kind it is invalid', () => {
    const id = '3d6f0a52-8f0b-4c1e-9c57-0b6b3f0d7c11'
    const token = signLink({ kind: 'invitation', id })
    expect(readLink({ kind: 'invitation', token })).toBe(id)
    for (const forged of [signLink({ kind: 'account', id }), spoil(token, -2), `${token}A`, id, ''])
      expect(readLink({ kind: 'invitation', token: forged })).toBeNull()
  })
})
