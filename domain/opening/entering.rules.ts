import type { Opening } from './schema'

/** So many under way are no queue, however few a second are taken: they are answered within a moment. */
const NO_QUEUE = 100
/** What waits less long than this is no queue either. */
const NO_QUEUE_SECONDS = 0.3
/** Places behind those who wait, for those who come while the snapshot is on its way. */
const ROOM = 1.5
/** No phone waits longer, because who hammers makes the queue look longer than it is. */
const MOST_WAIT_MS = 20_000
/** An older snapshot says nothing of the queue now. */
const FRESH_MS = 30_000
/** Between the last instant that a phone plans and the end of its lobby: the way to the server. */
const ON_THE_WAY_MS = 500

type EntryLoad = { perSecond: number; waiting: number }
type Late = Pick<NonNullable<Opening['late']>, 'directFrom'> | null

/** Whether those who wait for this process are so many that others should wait on their phones. */
export const isQueue = ({ perSecond, waiting }: EntryLoad): boolean =>
  waiting > Math.max(NO_QUEUE, perSecond * NO_QUEUE_SECONDS)

/** Latecomers who are numbered, and those who book at once, have to hurry. */
const isLateDrawn = (late: Late): boolean => late !== null && late.directFrom === null

/** Whether it does not matter when somebody enters who enters now. */
function isPaced({
  state,
  orderBy,
  late,
}: Pick<Opening, 'state' | 'orderBy'> & { late: Late }): boolean {
  if (orderBy !== 'DRAW') return false
  return state === 'LOBBY' || ((state === 'DRAWING' || state === 'OPEN') && isLateDrawn(late))
}

/**
 * The queue of all processes, as one knows it. Those who wait for the others are as many for each
 * entry that these take. `enteredPerSecond`: of all processes, from the rows.
 */
export function describeEntering({
  load,
  enteredPerSecond,
  ...opening
}: Pick<Opening, 'state' | 'orderBy'> & {
  late: Late
  load: EntryLoad
  enteredPerSecond: number
}): Opening['entering'] {
  const { perSecond: own, waiting } = load
  if (!isPaced(opening) || !isQueue(load) || own === 0 || enteredPerSecond === 0) return null
  const all = Math.max(own, enteredPerSecond)
  return { perSecond: Math.ceil(all * 10) / 10, ahead: Math.round((waiting * all) / own) }
}

/**
 * How long a phone waits before it enters: until a place of its own in a virtual queue, which it draws with
 * `random` (0 to 1) from those that are free. Not at all where nobody waits, and never past the end of the
 * lobby: in a draw a place in the queue is nothing to lose, and the lobby is. `nowMs`: by the database's clock.
 */
export function drawEntryWaitMs({
  opening: { entering, asOf, opensAt, late },
  nowMs,
  random,
}: {
  opening: Pick<Opening, 'entering' | 'asOf' | 'opensAt'> & { late: Late }
  nowMs: number
  random: number
}): number {
  if (entering === null || nowMs - Date.parse(asOf) > FRESH_MS) return 0
  const queueMs = Math.min(MOST_WAIT_MS, (entering.ahead / entering.perSecond) * 1000 * ROOM)
  const leftMs = Date.parse(opensAt) - nowMs
  if (leftMs <= 0) return isLateDrawn(late) ? queueMs * random : 0
  return Math.min(queueMs, Math.max(0, leftMs - ON_THE_WAY_MS)) * random
}
