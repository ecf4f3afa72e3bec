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
  /** Listed as an owner, but no admin has approved the account yet: has no rights here. */
  isWaiting: boolean
}

export const invitationForm = z.strictObject({
  restaurantId: z.uuid(),
  email: email.refine(isPlainAddress, { error: 'must be a plain address' }),
  role: memberRole,
})

export const invitationChoice = z.strictObject({ restaurantId: z.uuid(), invitationId: z.uuid() })

/** The token in the mailed link: the invitation's id signed by us. */
export const invitationToken = z.strictObject({ token: z.string().max(100) })

/** Neither accepted nor revoked. */
export type OpenInvitation = {
  id: string
  email: string
  role: MemberRole
  expiresAt: Date
  /** By the database's clock. */
  isExpired: boolean
}

export type InvitationState = 'OPEN' | 'EXPIRED' | 'USED' | 'REVOKED'

/** An invitation as the holder of its link sees it. */
export type Invitation = {
  id: string
  state: InvitationState
  role: MemberRole
  /** The address it went to, mostly hidden, because the link may have been passed on. */
  maskedEmail: string
  expiresAt: Date
  /** Null: the inviter has deleted their account. */
  inviterName: string | null
  restaurant: { slug: string; name: string; nameEn: string | null; timeZone: string }
}

/** What keeps the reader from accepting, or what accepting will do. */
export type InvitationReader =
  | 'SIGNED_OUT'
  | 'OTHER_ADDRESS'
  | 'UNCONFIRMED'
  | 'WORKS_HERE'
  /** Can act at once. */
  | 'READY'
  /** A diner who would become a co-owner: accepting asks an admin for approval. */
  | 'ASKS_APPROVAL'
  /** Already waits for an admin's approval. */
  | 'AWAITS_APPROVAL'
