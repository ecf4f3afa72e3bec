/** What a beacon published for a round; both hex. */
export type BeaconRound = { value: string; proof: string }

/** A public source of randomness that nobody, including us, can predict (G13). */
export type Beacon = {
  name: 'drand-quicknet' | 'local'
  /** The first round published at or after an instant. */
  roundAfter: (at: Date) => number
  /** When a round is published, in milliseconds since 1970. */
  findRoundMs: (round: number) => number
  /**
   * Null: not published yet, not received within `timeoutMs`, or not signed by the beacon. Never
   * throws.
   */
  fetchRound: (asked: { round: number; timeoutMs: number }) => Promise<BeaconRound | null>
}
