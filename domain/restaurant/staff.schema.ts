import { z } from 'zod'
import { email } from '@/domain/identity/schema'
import { isPlainAddress } from '@/lib/mail/mail-address'

export const memberRole = z.enum(['OWNER', 'STAFF'])
export const memberForm = z.strictObject({ restaurantId: z.uuid(), accountId: z.uuid() })
export const memberRoleForm = memberForm.extend({ role: memberRole })

export type MemberRole = 'OWNER' | 'STAFF'

export type StaffMember = {
  accountId: string
  name: string
  email: string
  role: MemberRole
  /** Listed as an owner, and no admin has approved the account yet: may do nothing here. */
  isWaiting: boolean
}

export const invitationForm = z.strictObject({
  restaurantId: z.uuid(),
  email: email.refine(isPlainAddress, { error: 'must be a plain address' }),
  role: memberRole,
})

export const invitationChoice = z.strictObject({ restaurantId: z.uuid(), invitationId: z.uuid() })

/** What the mail led to: the invitation's id under our seal. */
export const invitationToken = z.strictObject({ token: z.string().max(100) })

/** Neither accepted nor taken back. */
export type OpenInvitation = {
  id: string
  email: string
  role: MemberRole
  expiresAt: Date
  /** By the database's clock. */
  isExpired: boolean
}

export type InvitationState = 'OPEN' | 'EXPIRED' | 'USED' | 'REVOKED'

/** An invitation as whoever has its link may see it. */
export type Invitation = {
  id: string
  state: InvitationState
  role: MemberRole
  /** The address it went to, most of it hidden: a link may have been passed on. */
  maskedEmail: string
  expiresAt: Date
  /** Null: has deleted their account. */
  inviterName: string | null
  restaurant: { slug: string; name: string; nameEn: string | null; timeZone: string }
}

/** What keeps whoever looks from accepting, or what accepting will mean. */
export type InvitationReader =
  | 'SIGNED_OUT'
  | 'OTHER_ADDRESS'
  | 'UNCONFIRMED'
  | 'WORKS_HERE'
  /** Acts at once. */
  | 'READY'
  /** A diner who would become a co-owner: accepting asks an admin for approval. */
  | 'ASKS_APPROVAL'
  /** Waits for the approval of an admin already. */
  | 'AWAITS_APPROVAL'
