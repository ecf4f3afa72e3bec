import type { LinkPurpose } from './link.types'

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
