/** A slot that a diner is just confirming: a hint that nobody has to heed, never a claim. */
export type SoftHold = {
  slotId: string
  holderId: string
  /** Monotonic milliseconds of this process after which it is over. */
  untilMs: number
}

/** What somebody who asks for one gets; null: none fits, or Redis gave no answer. No obstacle. */
export type SoftHoldAnswer = { slotId: string; until: string } | { slotId: null }
