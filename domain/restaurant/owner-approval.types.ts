/** What admins have answered to somebody who wants to be an owner. */
export const ownerStates = ['WAITING', 'APPROVED', 'REFUSED'] as const
export type OwnerState = (typeof ownerStates)[number]

/** Somebody who is, or wants to be, an owner. Instants are ISO 8601, UTC. */
export type OwnerRequest = {
  id: string
  name: string
  email: string
  /** Null: none was given. */
  phone: string | null
  state: OwnerState
  /** Nobody has followed the link mailed to this address yet. */
  isUnconfirmed: boolean
  askedAt: string
  /** Null: waiting. */
  decidedAt: string | null
  /** Null: waiting, or decided before there was a trail. */
  decidedBy: string | null
  /** Null: not refused. */
  refusal: string | null
}
