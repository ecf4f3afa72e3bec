/** `look`: a poll of a public snapshot; only failed ones are recorded. */
export type Act = 'enter' | 'return' | 'turn' | 'book' | 'look'

/**
 * One request, from when it should have been sent to its answer; instants by the database's clock.
 */
export interface Asked {
  /** Its place in the crowd. */
  diner: number
  act: Act
  /** The key of a booking; empty otherwise. */
  key: string
  dueMs: number
  startMs: number
  endMs: number
  /** 0: no answer came. */
  status: number
  /** The diner hung up without waiting for the answer. */
  isCut: boolean
  /** Of a refusal. */
  reason: string
  hasRetryAfter: boolean
  /**
   * The relevant part of the answer: the receipt, when the turn ends or comes, the reservation's
   * id.
   */
  said: string
}

export type Ending = 'booked' | 'sold-out' | 'none-that-fits' | 'over' | `refused: ${string}`

/** Every request with its instants and answer, and the outcome for each diner. */
export class History {
  readonly asked: Asked[] = []
  readonly endings: ({ ending: Ending; atMs: number } | null)[]
  readonly counts = { entered: 0, turns: 0, booked: 0, ended: 0, shed: 0 }

  constructor(diners: number) {
    this.endings = Array.from({ length: diners }, () => null)
  }

  note(asked: Asked): void {
    this.asked.push(asked)
    const { act, status } = asked
    if (act === 'enter' && status === 201) this.counts.entered += 1
    if (act === 'turn' && status === 201) this.counts.turns += 1
    if (act === 'book' && status === 201) this.counts.booked += 1
    if (status === 503 || status === 429) this.counts.shed += 1
  }

  end({ diner, ending, atMs }: { diner: number; ending: Ending; atMs: number }): void {
    this.endings[diner] = { ending, atMs }
    this.counts.ended += 1
  }
}
