import type { InvitationReader, InvitationState, MemberRole } from './staff.schema'

/** 'kim@bobjool.test' as 'k•••@bobjool.test': enough for its owner to recognise it. */
export function maskEmail(email: string): string {
  const [first = ''] = Array.from(email)
  return `${first}•••${email.slice(email.lastIndexOf('@'))}`
}

/** Accepted and revoked take precedence over expired, because they say more. */
export function stateOf(invitation: {
  isAccepted: boolean
  isRevoked: boolean
  isExpired: boolean
}): InvitationState {
  if (invitation.isAccepted) return 'USED'
  if (invitation.isRevoked) return 'REVOKED'
  return invitation.isExpired ? 'EXPIRED' : 'OPEN'
}

/** What an invitation means for its reader. Null: not signed in. */
export function readerOf({
  role,
  invitedEmail,
  account,
}: {
  role: MemberRole
  invitedEmail: string
  account: {
    email: string
    isConfirmed: boolean
    worksHere: boolean
    role: 'DINER' | 'OWNER' | 'ADMIN'
    isApproved: boolean
  } | null
}): InvitationReader {
  if (!account) return 'SIGNED_OUT'
  if (account.email !== invitedEmail) return 'OTHER_ADDRESS'
  if (!account.isConfirmed) return 'UNCONFIRMED'
  if (account.worksHere) return 'WORKS_HERE'
  if (role === 'STAFF' || account.role === 'ADMIN' || account.isApproved) return 'READY'
  return account.role === 'DINER' ? 'ASKS_APPROVAL' : 'AWAITS_APPROVAL'
}
