import type { AccountClaims } from '@/lib/crypto/session-token'
import type { Errand, LinkWish } from './link.schema'
import type { Asking } from './link-request.rules'

const HOUR = 60
const DAY = 24 * HOUR

/**
 * How long a link works. A link that opens an account at once is short-lived; one that may wait in
 * a mailbox is not.
 */
export const LINK_MINUTES: Record<LinkPurpose, number> = {
  CONFIRM_ADDRESS: 3 * DAY,
  SIGN_IN: 15,
  RESET_PASSWORD: 30,
  CHANGE_ADDRESS: DAY,
  UNDO_ADDRESS: 7 * DAY,
  KEEP_PASSKEY: 7 * DAY,
  PROVE: 10,
}

/** The refusal for a link that can no longer be used. Null: it can. */
export function refusalOf(state: LinkState): LinkRefusal | null {
  if (state === 'used') return 'link-used'
  return state === 'expired' ? 'link-expired' : null
}

/**
 * Whether the sign-up link asks for a new password. It does unless this browser made the sign-up,
 * because a stranger may have chosen the existing one. A confirmed account's password was chosen by
 * its owner, and one without any way in yet is opened by nobody else.
 */
export function needsPassword({
  isConfirmed,
  hasWayIn,
  accountId,
  signUpId,
}: {
  isConfirmed: boolean
  /** A password, or a login at Kakao or Naver. */
  hasWayIn: boolean
  accountId: string
  /** The sign-up made in this browser. Null: none. */
  signUpId: string | null
}): boolean {
  return !isConfirmed && hasWayIn && signUpId !== accountId
}

/**
 * Why no new link would reach anybody, so that none is promised. Null: a new one can be sent, or
 * the old one still works.
 */
export function refuseRenewal({
  purpose,
  state,
  isConfirmed,
  isCurrent,
}: Pick<FoundLink, 'purpose' | 'state' | 'isConfirmed' | 'isCurrent'>):
  | 'link-moved'
  | 'link-used'
  | null {
  if (!isRenewable(purpose) || state === 'open') return null
  if (!isCurrent) return 'link-moved'
  return purpose === 'CONFIRM_ADDRESS' && isConfirmed ? 'link-used' : null
}

/** Whether an old link's holder can ask for a new one: it goes to the same mailbox. */
export function isRenewable(purpose: LinkPurpose): purpose is LinkWish['purpose'] {
  return purpose === 'CONFIRM_ADDRESS' || purpose === 'SIGN_IN' || purpose === 'RESET_PASSWORD'
}

/** What a link shows its visitor, by the link's state and by the account signed in here. */
export function decideVisit({
  link,
  visitor,
  signUpId,
}: {
  link: FoundLink
  visitor: Pick<AccountClaims, 'accountId' | 'role'> | null
  signUpId: string | null
}): LinkVisit {
  const { purpose, email, isConfirmed, hasWayIn, accountId } = link
  // Its code is what is mailed; nobody has its link.
  if (purpose === 'PROVE') return { view: 'unknown' }
  const isTheirs = visitor?.accountId === accountId
  if (link.state === 'used' && isTheirs) return { view: 'done', purpose, role: visitor.role }
  if (refuseRenewal(link) === 'link-moved') return { view: 'moved', purpose }
  if (refuseRenewal(link) === 'link-used') return { view: 'used', purpose, isConfirmed }
  if (link.state === 'used') return { view: 'used', purpose, isConfirmed }
  if (link.state === 'expired') return { view: 'expired', purpose }
  const isNew = !isConfirmed
  if (purpose === 'RESET_PASSWORD') return { view: 'choose-password', purpose, email, isNew }
  if (purpose === 'CHANGE_ADDRESS' && !isTheirs) return { view: 'sign-in-first', purpose, email }
  const chooses =
    purpose === 'CONFIRM_ADDRESS' && needsPassword({ isConfirmed, hasWayIn, accountId, signUpId })
  return chooses
    ? { view: 'choose-password', purpose, email, isNew }
    : { view: 'press', purpose, email }
}

export const linkPurposes = [
  ...(['CONFIRM_ADDRESS', 'SIGN_IN', 'RESET_PASSWORD', 'CHANGE_ADDRESS'] as const),
  ...(['UNDO_ADDRESS', 'KEEP_PASSKEY', 'PROVE'] as const),
] as const
export type LinkPurpose = (typeof linkPurposes)[number]

/**
 * Those that a new password ends. What undoes a change of address, or keeps lost passkeys, stays: a
 * thief may choose a new password too.
 */
export const endedByPassword = linkPurposes.filter(
  (purpose) => purpose !== 'UNDO_ADDRESS' && purpose !== 'KEEP_PASSKEY',
)

/** What a link is mailed for; a proof's mail has only a code. */
export type OpenPurpose = Exclude<LinkPurpose, 'PROVE'>

/** How a person used a link: itself, by its code, or by picking the number of another browser. */
export type LinkWay = 'LINK' | 'CODE' | 'NUMBER'

/** `expired`: its time is over, a newer link was mailed, or the account's address has changed. */
export type LinkState = 'open' | 'used' | 'expired'

export type LinkRefusal = 'link-unknown' | 'link-expired' | 'link-used'

/** A link's current state. */
export type FoundLink = {
  purpose: LinkPurpose
  state: LinkState
  accountId: string
  /** The address it was mailed to. */
  email: string
  /** False: the account has another address by now. */
  isCurrent: boolean
  name: string
  /** Whether the account's address was already confirmed. */
  isConfirmed: boolean
  /** Whether anything but its mail opens the account. */
  hasWayIn: boolean
}

/** What a link shows its visitor; viewing it changes nothing. */
export type LinkVisit =
  | { view: 'unknown' }
  | { view: 'expired' | 'moved'; purpose: OpenPurpose }
  | { view: 'used'; purpose: OpenPurpose; isConfirmed: boolean }
  /**
   * Used, and this browser is signed in to the account: most likely the link was used a moment ago.
   */
  | {
      view: 'done'
      purpose: OpenPurpose
      role: 'DINER' | 'OWNER' | 'ADMIN'
      /** Absent: not read. Null: nobody's browser asked for the link. */
      errand?: Errand | null
    }
  | {
      view: 'press' | 'choose-password' | 'sign-in-first'
      purpose: OpenPurpose
      /** The address it was mailed to. */
      email: string
      /** The mailbox was never proven, so its reader has yet to agree to the terms. */
      isNew?: boolean
      /** Another browser, which its reader may sign in. Absent or null: none. */
      asking?: Asking | null
    }
