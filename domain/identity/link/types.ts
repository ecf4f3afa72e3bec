export const linkPurposes = [
  ...(['CONFIRM_ADDRESS', 'SIGN_IN', 'RESET_PASSWORD', 'CHANGE_ADDRESS'] as const),
] as const
export type LinkPurpose = (typeof linkPurposes)[number]

/** `expired`: its time is over, a newer one was mailed, or the account has another address now. */
export type LinkState = 'open' | 'used' | 'expired'

export type LinkRefusal = 'link-unknown' | 'link-expired' | 'link-used'
