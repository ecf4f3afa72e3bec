import { SNAPSHOT_AGE_MS } from '@/lib/http/snapshot'
import { askRedis } from '@/lib/redis/redis'
import { peekBoardSnapshot, readBoard } from './board.queries'

/** A service date of a restaurant. */
type Day = { restaurantId: string; serviceDate: string }

/** The Redis keys of a date's sold-out hint and of its bookers, who are exempt from the hint. */
export const soldOutHintKeys = ({ restaurantId, serviceDate }: Day) => ({
  hintKey: `hint:${restaurantId}:${serviceDate}`,
  exceptKey: `bookers:${restaurantId}:${serviceDate}`,
})

const STORE_HINT = `#!lua flags=allow-key-locking
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('DEL', KEYS[2])
if #ARGV > 2 then
  redis.call('SADD', KEYS[2], unpack(ARGV, 3))
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
return 1
`
/** A board with more bookers than this stores no hint, because Lua can unpack only so many. */
const MOST_BOOKERS = 2_000
const noting = new Map<string, Promise<void>>()
/** Boards already published as hints; a board is worth publishing again only after a new read. */
const told = new WeakSet<object>()

/**
 * Reads the board again and stores its sold-out times for the other processes, for as long as the
 * board is fresh.
 */
async function storeHint(day: Day): Promise<void> {
  const asked = { idOrSlug: day.restaurantId, date: day.serviceDate }
  const snapshot = await readBoard(asked, 'note')
  const leftMs = Math.floor(SNAPSHOT_AGE_MS - (performance.now() - snapshot.readAtMs))
  if (!snapshot.data || leftMs <= 0 || told.has(snapshot)) return
  told.add(snapshot)
  const { hint, bookers } = snapshot.data
  if (bookers.size > MOST_BOOKERS || !hint.times.some((time) => time.gone.length > 0)) return
  const { hintKey, exceptKey } = soldOutHintKeys(day)
  const keys = [hintKey, exceptKey]
  const args = [JSON.stringify(hint), String(leftMs), ...bookers]
  await askRedis((redis) => redis.eval(STORE_HINT, keys, args))
}

/** False: a note is under way, or what this process read within the last second has been told. */
export function isBoardNoteDue(day: Day): boolean {
  if (noting.has(soldOutHintKeys(day).hintKey)) return false
  const fresh = peekBoardSnapshot({ idOrSlug: day.restaurantId, date: day.serviceDate })
  return fresh === undefined || !told.has(fresh)
}

/**
 * Tells the other processes that a date's board changed; best effort, after the response. Many
 * changes become one note a second, and a failure costs only the hint.
 */
export function noteBoardChanged(day: Day): Promise<void> {
  const { hintKey: key } = soldOutHintKeys(day)
  const note = noting.get(key) ?? storeHint(day).finally(() => noting.delete(key))
  noting.set(key, note)
  return note
}
