import { createHash } from 'node:crypto'
import { env } from '@/lib/env'
import { createDrandBeacon, QUICKNET } from './drand'
import type { Beacon } from './round'

const LOCAL_PERIOD_MS = 1_000

/**
 * For demos on one machine. Not public: we could compute its rounds ahead, and its pages say so.
 */
export const localBeacon: Beacon = {
  name: 'local',
  roundAfter: (at) => Math.ceil(at.getTime() / LOCAL_PERIOD_MS),
  findRoundMs: (round) => round * LOCAL_PERIOD_MS,
  fetchRound: async ({ round }) => {
    const said = `bobjool local beacon ${round} ${env.AUTH_SECRET[0]}`
    return { value: createHash('sha256').update(said).digest('hex'), proof: '' }
  },
}

const beacons: Beacon[] = [
  localBeacon,
  createDrandBeacon({
    name: 'drand-quicknet',
    chain: QUICKNET,
    listBaseUrls: () => env.DRAND_URLS,
  }),
]

/** The beacon an opening named when it was announced, whatever is configured today. */
export function findBeacon(name: string | null): Beacon | undefined {
  return beacons.find((beacon) => beacon.name === name)
}

/** The beacon for openings announced from now on. Undefined: none, and their pages say so. */
export function chosenBeacon(): Beacon | undefined {
  return findBeacon(env.OPENING_BEACON)
}
