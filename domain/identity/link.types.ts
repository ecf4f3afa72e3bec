export const linkPurposes = [
  ...(['CONFIRM_ADDRESS', 'SIGN_IN', 'RESET_PASSWORD', 'CHANGE_ADDRESS'] as const),
] as const
export type LinkPurpose = (typeof linkPurposes)[number]

/** `expired`: its time is over, a newer one was mailed, or the account has another address now. */
export type LinkState = 'open' | 'used' | 'expired'

export type LinkRefusal = 'link-unknown' | 'link-expired' | 'link-used'

/** A link as it is at this moment. */
export type FoundLink = {
  purpose: LinkPurpose
  state: LinkState
  accountId: string
  /** The address it was mailed to. */
  email: string
  name: string
  /** Whether the account's address was confirmed already. */
  isConfirmed: boolean
}
