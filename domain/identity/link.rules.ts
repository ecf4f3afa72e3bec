import type { SessionClaims } from '@/lib/crypto/session-token'

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

/** What whoever opened a link is shown: by its state, and by who they are in this browser. */
export function decideVisit({
  link,
  visitor,
  signUpId,
}: {
  link: FoundLink
  visitor: Pick<SessionClaims, 'accountId' | 'role'> | null
  signUpId: string | null
}): LinkVisit {
  const { purpose, email, isConfirmed, accountId } = link
  const isTheirs = visitor?.accountId === accountId
  if (link.state === 'used' && isTheirs) return { view: 'done', purpose, role: visitor.role }
  if (link.state === 'used') return { view: 'used', purpose, isConfirmed }
  if (link.state === 'expired') return { view: 'expired', purpose }
  if (purpose === 'RESET_PASSWORD') return { view: 'choose-password', purpose, email }
  if (purpose === 'CHANGE_ADDRESS' && !isTheirs) return { view: 'sign-in-first', purpose, email }
  const chooses =
    purpose === 'CONFIRM_ADDRESS' && needsPassword({ isConfirmed, accountId, signUpId })
  return { view: chooses ? 'choose-password' : 'press', purpose, email }
}

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

/** What whoever opened a link is shown; nothing of it changes anything. */
export type LinkVisit =
  | { view: 'unknown' }
  | { view: 'expired'; purpose: LinkPurpose }
  | { view: 'used'; purpose: LinkPurpose; isConfirmed: boolean }
  /** Used, and this browser is signed in to the account: most likely a moment ago. */
  | { view: 'done'; purpose: LinkPurpose; role: 'DINER' | 'OWNER' | 'ADMIN' }
  | {
      view: 'press' | 'choose-password' | 'sign-in-first'
      purpose: LinkPurpose
      /** The address it was mailed to. */
      email: string
    }
