/** What a beacon gave out for a round; both hex. */
export type BeaconRound = { value: string; proof: string }

/** A public source of chance that nobody can know ahead, us included (G13). */
export type Beacon = {
  name: 'drand-quicknet' | 'local'
  /** The first round whose value comes out at or after an instant. */
  roundAfter: (at: Date) => number
  /** Null: not out yet, or not within `timeoutMs`, or not what the beacon signed. Never throws. */
  fetchRound: (asked: { round: number; timeoutMs: number }) => Promise<BeaconRound | null>
}
