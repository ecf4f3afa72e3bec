import type { LinkPurpose, LinkRefusal, LinkState } from './types'

const HOUR = 60
const DAY = 24 * HOUR

/** How long a link works. What opens an account at once is short; what waits in a mailbox is not. */
export const LINK_MINUTES: Record<LinkPurpose, number> = {
  CONFIRM_ADDRESS: 3 * DAY,
  SIGN_IN: 15,
  RESET_PASSWORD: 30,
  CHANGE_ADDRESS: DAY,
}

/** What a link that can't be used any more is refused for; null while it can. */
export function refusalOf(state: LinkState): LinkRefusal | null {
  if (state === 'used') return 'link-used'
  return state === 'expired' ? 'link-expired' : null
}

/**
 * Whether whoever presses the link of sign-up has to choose the password: unless the same browser has
 * signed up, anybody may have chosen the one there is. A confirmed account's was chosen by its owner.
 */
export function needsPassword({
  isConfirmed,
  accountId,
  signUpId,
}: {
  isConfirmed: boolean
  accountId: string
  /** The sign-up that the browser made; null when it made none. */
  signUpId: string | null
}): boolean {
  return !isConfirmed && signUpId !== accountId
}
