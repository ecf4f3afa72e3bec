/**
 * A request is answered within two seconds, also while a table is locked. A lock is waited for up to one
 * (`lock_timeout` of the role), so what starts later than this, and meets one, ends too late.
 */
export const START_WITHIN_MS = 800
