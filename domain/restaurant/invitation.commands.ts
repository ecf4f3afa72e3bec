import { recordAct } from '@/domain/identity/audit.commands'
import { queueMail } from '@/domain/notification/outbox.commands'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import type { Locale } from '@/lib/i18n/locale'
import { type Result, refuse } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import { type Editing, editRestaurant, lockRestaurant } from './commands'
import { readerOf, stateOf } from './invitation.rules'
import { readStaffRole } from './queries'
import { MOST_STAFF } from './staff.queries'
import type { InvitationState, MemberRole } from './staff.schema'
import type { StaffActor } from './types'

const DAY_SECONDS = 24 * 60 * 60
/**
 * Limited per account first, then per recipient, so that no account can flood an inbox through us.
 */
const perInviter = createLimit({ name: 'invite:account', tries: 50, windowSeconds: DAY_SECONDS })
const perRecipient = createLimit({ name: 'invite:address', tries: 5, windowSeconds: DAY_SECONDS })

const LASTS_DAYS = 7

type Asked = { restaurantId: string; actor: StaffActor }
type Wish = { email: string; role: MemberRole; locale: Locale }

/**
 * Invites a person by mail to work for a restaurant; the invitation lasts seven days by the
 * database's clock. One open invitation per address: a new one replaces the previous one, whose
 * link stops working. Never reveals whether the address has an account. Locks the restaurant's row.
 * Refuses `not-found` to callers other than its approved owners and admins, `already-staff`,
 * `staff-full`, and `rate-limited`.
 */
export async function inviteStaff({
  restaurantId,
  actor,
  ...wish
}: Asked & Wish): Promise<Result<null>> {
  // Only a caller with the right to invite uses up an address's share.
  const role = await readStaffRole({ accountId: actor.accountId, restaurantId })
  if (!role || role === 'STAFF') return refuse('not-found')
  const limited = await takeEach([
    [perInviter, actor.accountId],
    [perRecipient, wish.email],
  ])
  if (limited) return limited
  return editRestaurant({
    restaurantId,
    actor,
    work: async (editing) => {
      await requireRoom(editing, wish.email)
      await endOpenInvitation(editing.tx, { restaurantId, email: wish.email })
      const invitation = await insertInvitation(editing.tx, { restaurantId, actor, ...wish })
      const on = { subject: 'INVITATION', subjectId: invitation.id } as const
      const { id: eventId } = await editing.record({ act: 'INVITE', ...on, to: wish.role })
      await tellInvited(editing, { eventId, invitation, actor, wish })
      return null
    },
  })
}

async function requireRoom({ tx, stop, restaurant }: Editing, email: string): Promise<void> {
  const at = { restaurantId: restaurant.id }
  const working = await tx.restaurantStaff.count({ where: { ...at, account: { email } } })
  if (working > 0) stop(refuse('already-staff'))
  const open = { ...at, acceptedAt: null, revokedAt: null, email: { not: email } }
  const people = await tx.restaurantStaff.count({ where: at })
  const invited = await tx.staffInvitation.count({ where: open })
  if (people + invited >= MOST_STAFF) stop(refuse('staff-full'))
}

async function endOpenInvitation(
  tx: Transaction,
  { restaurantId, email }: { restaurantId: string; email: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE staff_invitations SET revoked_at = now()
     WHERE restaurant_id = ${restaurantId}::uuid AND email = ${email}
       AND accepted_at IS NULL AND revoked_at IS NULL`
}

type NewInvitation = { id: string; expiresAt: Date }

async function insertInvitation(
  tx: Transaction,
  { restaurantId, actor, email, role }: Asked & Wish,
): Promise<NewInvitation> {
  const [invitation] = await tx.$queryRaw<NewInvitation[]>`
    INSERT INTO staff_invitations (restaurant_id, email, role, invited_by, expires_at)
    VALUES (${restaurantId}::uuid, ${email}, ${role}::staff_role, ${actor.accountId}::uuid,
            now() + make_interval(days => ${LASTS_DAYS}::int))
    RETURNING id, expires_at AS "expiresAt"`
  if (!invitation) throw new Error('the invitation was not recorded')
  return invitation
}

/** Writes in the invited person's language if they have an account, else in the inviter's. */
async function tellInvited(
  { tx, restaurant }: Editing,
  told: { eventId: string; invitation: NewInvitation; actor: StaffActor; wish: Wish },
): Promise<void> {
  const { eventId, invitation, actor, wish } = told
  const invited = await tx.account.findUnique({ where: { email: wish.email } })
  const inviter = await tx.account.findUniqueOrThrow({ where: { id: actor.accountId } })
  const { name, nameEn } = restaurant
  await queueMail(tx, {
    eventId,
    kind: 'STAFF_INVITED',
    subjectId: invitation.id,
    accountId: invited?.id ?? null,
    recipient: wish.email,
    locale: invited?.locale === 'en' || invited?.locale === 'ko' ? invited.locale : wish.locale,
    restaurantId: restaurant.id,
    payload: {
      invitationId: invitation.id,
      expiresAt: invitation.expiresAt.toISOString(),
      inviterName: inviter.name,
      role: wish.role,
      restaurant: { name, nameEn },
    },
  })
}

/**
 * Revokes an invitation; its link stops working. Locks the restaurant's row. An invitation that was
 * already revoked stays revoked; one accepted meanwhile is refused `link-used`. Refuses `not-found`
 * to callers other than approved owners and admins, and for another restaurant's invitation.
 */
export async function revokeInvitation({
  invitationId,
  ...asked
}: Asked & { invitationId: string }): Promise<Result<null>> {
  return editRestaurant({
    ...asked,
    work: async ({ tx, stop, restaurant, record }) => {
      const found = await tx.staffInvitation.findFirst({
        where: { id: invitationId, restaurantId: restaurant.id },
      })
      if (!found) return stop(refuse('not-found'))
      if (found.acceptedAt) return stop(refuse('link-used'))
      if (found.revokedAt) return null
      await tx.$executeRaw`UPDATE staff_invitations SET revoked_at = now() WHERE id = ${invitationId}::uuid`
      const on = { subject: 'INVITATION', subjectId: invitationId } as const
      await record({ act: 'REVOKE_INVITATION', ...on, from: found.role, to: 'REVOKED' })
      return null
    },
  })
}

const refusals = {
  USED: 'link-used',
  REVOKED: 'invitation-revoked',
  EXPIRED: 'link-expired',
} as const satisfies Record<Exclude<InvitationState, 'OPEN'>, string>

type AcceptedInvitation = { slug: string; isWaiting: boolean }

/**
 * Adds the invited account to the staff. Locks the account's row, then the restaurant's. A co-owner
 * without an admin's approval is listed, and may act once approved (`isWaiting`); accepting turns a
 * diner's account into one that asks for that approval, and grants nothing more.
 *
 * Refuses `link-unknown`, `link-used`, `invitation-revoked`, `link-expired` by the database's
 * clock, `other-address`, `address-unconfirmed`, `already-staff`, `signed-out`.
 */
export async function acceptInvitation({
  invitationId,
  actor,
}: {
  invitationId: string
  actor: StaffActor
}): Promise<Result<AcceptedInvitation>> {
  return runTransaction(async (tx, stop) => {
    const { accountId } = actor
    await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`
    const { invitation, restaurant } = await lockOpenInvitation(tx, { invitationId, stop })
    const at = { restaurantId: restaurant.id, accountId }
    const account = await tx.account.findUnique({ where: { id: accountId } })
    if (!account) return stop(refuse('signed-out'))
    const reader = readerOf({
      role: invitation.role,
      invitedEmail: invitation.email,
      account: {
        email: account.email,
        isConfirmed: account.emailConfirmedAt !== null,
        role: account.role,
        isApproved: account.ownerApprovedAt !== null,
        worksHere: (await tx.restaurantStaff.count({ where: at })) > 0,
      },
    })
    if (reader === 'OTHER_ADDRESS') return stop(refuse('other-address'))
    if (reader === 'UNCONFIRMED') return stop(refuse('address-unconfirmed'))
    if (reader === 'WORKS_HERE') return stop(refuse('already-staff'))
    await tx.restaurantStaff.create({ data: { ...at, role: invitation.role } })
    await tx.$executeRaw`UPDATE staff_invitations SET accepted_at = now() WHERE id = ${invitationId}::uuid`
    const by = { restaurantId: restaurant.id, actor: { ...actor, role: account.role } }
    const on = { subject: 'INVITATION', subjectId: invitationId } as const
    await recordAct(tx, { ...by, ...on, act: 'ACCEPT_INVITATION', to: invitation.role })
    if (reader === 'ASKS_APPROVAL') {
      await tx.account.update({ where: { id: accountId }, data: { role: 'OWNER' } })
      const self = { subject: 'ACCOUNT', subjectId: accountId } as const
      await recordAct(tx, { ...by, ...self, act: 'ASK_TO_OWN', from: 'DINER', to: 'WAITING' })
    }
    return { slug: restaurant.slug, isWaiting: reader !== 'READY' }
  })
}

async function lockOpenInvitation(
  tx: Transaction,
  { invitationId, stop }: { invitationId: string; stop: Stop },
) {
  const named = await tx.staffInvitation.findUnique({ where: { id: invitationId } })
  const restaurant = named && (await lockRestaurant(tx, named.restaurantId))
  if (!restaurant) return stop(refuse('link-unknown'))
  // Read again under the lock: a person who accepted a moment earlier has committed by now.
  const [invitation] = await tx.$queryRaw<
    ({ email: string; role: MemberRole } & Parameters<typeof stateOf>[0])[]
  >`
    SELECT email, role::text AS role, accepted_at IS NOT NULL AS "isAccepted",
           revoked_at IS NOT NULL AS "isRevoked", expires_at <= now() AS "isExpired"
      FROM staff_invitations WHERE id = ${invitationId}::uuid`
  if (!invitation) return stop(refuse('link-unknown'))
  const state = stateOf(invitation)
  if (state !== 'OPEN') return stop(refuse(refusals[state]))
  return { invitation, restaurant }
}
