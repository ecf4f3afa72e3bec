import type { OwnerState } from './owner-approval.types'

/** The columns an owner's state is read from. */
export type OwnerAnswers = { ownerApprovedAt: unknown; ownerRefusedAt: unknown }

/** The database keeps that only one of the two is answered. */
export function readOwnerState({ ownerApprovedAt, ownerRefusedAt }: OwnerAnswers): OwnerState {
  if (ownerApprovedAt) return 'APPROVED'
  return ownerRefusedAt ? 'REFUSED' : 'WAITING'
}
