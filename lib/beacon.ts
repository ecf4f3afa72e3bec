import { createHash } from 'node:crypto'
import { env } from './env'

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

const LOCAL_PERIOD_MS = 1_000

/**
 * For one machine and demos: not public, because we could compute its rounds ahead. Pages say so.
 */
export const localBeacon: Beacon = {
  name: 'local',
  roundAfter: (at) => Math.ceil(at.getTime() / LOCAL_PERIOD_MS),
  fetchRound: async ({ round }) => {
    const said = `bobjool local beacon ${round} ${env.AUTH_SECRET[0]}`
    return { value: createHash('sha256').update(said).digest('hex'), proof: '' }
  },
}

const beacons: Beacon[] = [localBeacon]

/** The beacon that an opening named in its announcement, whatever is configured by now. */
export function findBeacon(name: string | null): Beacon | undefined {
  return beacons.find((beacon) => beacon.name === name)
}

/** The beacon of openings that are announced from now on; undefined: none, and their pages say so. */
export function chosenBeacon(): Beacon | undefined {
  return findBeacon(env.OPENING_BEACON)
}
