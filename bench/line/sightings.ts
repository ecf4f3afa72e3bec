import { type LineTruth, replayLine } from './check'

/** What one phone was shown by one poll. Instants by the database's clock. */
export interface Sighting {
  number: number
  /** Null: no longer in line. */
  place: number | null
  /** When the poll before this one began. */
  sinceMs: number
  untilMs: number
}

/** An act is judged before it is committed, and visible only after. */
const COMMIT_MS = 250

/**
 * The sightings that were wrong: a place that the phone's party had at no moment since the previous
 * poll. So every change is known by the second poll that begins after it.
 */
export function findWrongSightings({
  truth,
  sightings,
}: {
  truth: LineTruth
  sightings: Sighting[]
}): Sighting[] {
  const versions = listVersions(truth)
  return sightings.filter(({ number, place, sinceMs, untilMs }) => {
    let at = findLast(versions, untilMs)
    for (; at >= 0; at -= 1) {
      const version = versions[at]
      if ((version?.places.get(number) ?? null) === place) return false
      if (version === undefined || version.fromMs + COMMIT_MS < sinceMs) return true
    }
    return true
  })
}

interface Version {
  fromMs: number
  places: Map<number, number>
}

/** Every party's place after each act. */
function listVersions(truth: LineTruth): Version[] {
  const versions: Version[] = []
  replayLine({
    truth,
    onAct: ({ atMs, model }) => {
      const places = new Map(model.numbers().map((number, index) => [number, index + 1]))
      versions.push({ fromMs: atMs, places })
    },
  })
  return versions
}

/** The last version that had begun by then. */
function findLast(versions: Version[], atMs: number): number {
  let [low, high] = [0, versions.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((versions[middle]?.fromMs ?? 0) <= atMs) low = middle + 1
    else high = middle
  }
  return low - 1
}
