import type { MemberRole } from './staff.types'

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
  /** Null: has left the service. */
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
