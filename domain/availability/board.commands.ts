import type { BookingRequest } from '@/domain/booking/schema'
import { estimateDatabaseNowMs } from '@/lib/db/clock'
import { SNAPSHOT_AGE_MS } from '@/lib/http/snapshot'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { admit } from '@/lib/redis/admission'
import { askRedis } from '@/lib/redis/redis'
import { peekBoard, readBoard } from './board.queries'
import { isSoldOut } from './board.rules'
import { soldOutHint } from './board.schema'

/** A person taps a few times; a bot hammers. A network of phones behind one address is large. */
const PER_ACCOUNT = { burst: 100, everyMs: 100 }
const PER_ADDRESS = { burst: 3_000, everyMs: 3 }

type Asking = { dinerId: string; request: BookingRequest; address: string | null }
type Day = Pick<BookingRequest, 'restaurantId' | 'serviceDate'>

const hintKeyOf = ({ restaurantId, serviceDate }: Day) => `hint:${restaurantId}:${serviceDate}`
const exceptKeyOf = ({ restaurantId, serviceDate }: Day) => `bookers:${restaurantId}:${serviceDate}`

/**
 * Refuses where this process' own board, at most a second old, shows a gate and the asker has no turn
 * of its opening; without any I/O: `not-open-yet` with `opensAt` before the instant by the database's
 * clock, `no-turn` with the opening's id after it. Nobody has a turn so early that the clock's lag
 * could cost them one. Not to somebody who has booked that date, whose key may already be answered (G4).
 */
export function refuseByGate({
  dinerId,
  request,
  turnOf,
}: Asking & { turnOf: string | null }): Result<null, 'no-turn' | 'not-open-yet'> {
  const known = peekBoard({ idOrSlug: request.restaurantId, date: request.serviceDate })
  const gate = known?.bookers.has(dinerId) ? null : known?.gate
  if (!gate || gate.openingId === turnOf) return succeed(null)
  const { openingId, opensAt } = gate
  const nowMs = estimateDatabaseNowMs()
  return nowMs !== null && nowMs < Date.parse(opensAt)
    ? refuse('not-open-yet', { opensAt })
    : refuse('no-turn', { openingId })
}

/**
 * Refuses `sold-out` on this process' own board, if that is at most a second old, without any
 * I/O. Never says yes, and never speaks to somebody who has booked that date.
 */
export function refuseBySnapshot({ dinerId, request }: Asking): Result<null, 'sold-out'> {
  const known = peekBoard({ idOrSlug: request.restaurantId, date: request.serviceDate })
  if (!known || known.bookers.has(dinerId) || !isSoldOut({ hint: known.hint, ...request }))
    return succeed(null)
  return refuse('sold-out', { asOf: known.hint.asOf })
}

/**
 * One request to Redis: the limits, and the hint another process may have left. Refuses
 * `rate-limited` with `retryAfterMs`, and `sold-out` with `asOf`; Redis never admits to a seat.
 */
export async function admitBooking({
  dinerId,
  request,
  address,
}: Asking): Promise<Result<null, 'rate-limited' | 'sold-out'>> {
  const limits = [{ subject: `book:account:${dinerId}`, ...PER_ACCOUNT }]
  if (address) limits.push({ subject: `book:address:${address}`, ...PER_ADDRESS })
  const admission = await admit({
    limits,
    hintKey: hintKeyOf(request),
    exceptKey: exceptKeyOf(request),
    member: dinerId,
  })
  if (!admission.admitted) return refuse('rate-limited', { retryAfterMs: admission.retryAfterMs })
  // Anything that is no hint of ours says nothing.
  const hint = soldOutHint.safeParse(admission.hint).data
  if (hint && isSoldOut({ hint, ...request })) return refuse('sold-out', { asOf: hint.asOf })
  return succeed(null)
}

const LEAVE_HINT = `#!lua flags=allow-key-locking
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('DEL', KEYS[2])
if #ARGV > 2 then
  redis.call('SADD', KEYS[2], unpack(ARGV, 3))
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
return 1
`
/** A board with more bookers than this leaves no hint; Lua can unpack only so many. */
const MOST_BOOKERS = 2_000
const noting = new Map<string, Promise<void>>()
/** Boards that were told already: the same one says nothing new until it is read again. */
const told = new WeakSet<object>()

/** Reads the board once more and leaves what is gone for the other processes, for as long as it is fresh. */
async function leaveHint(day: Day): Promise<void> {
  const asked = { idOrSlug: day.restaurantId, date: day.serviceDate }
  const snapshot = await readBoard(asked, 'note')
  const leftMs = Math.floor(SNAPSHOT_AGE_MS - (performance.now() - snapshot.readAtMs))
  if (!snapshot.data || leftMs <= 0 || told.has(snapshot)) return
  told.add(snapshot)
  const { hint, bookers } = snapshot.data
  if (bookers.size > MOST_BOOKERS || !hint.times.some((time) => time.gone.length > 0)) return
  const keys = [hintKeyOf(day), exceptKeyOf(day)]
  const args = [JSON.stringify(hint), String(leftMs), ...bookers]
  await askRedis((redis) => redis.eval(LEAVE_HINT, keys, args))
}

/**
 * After a response, best effort: tells the other processes that a date's board changed. Many
 * changes become one note a second; a failure costs nothing but the hint.
 */
export function noteBoardChanged(day: Day): Promise<void> {
  const key = hintKeyOf(day)
  const note = noting.get(key) ?? leaveHint(day).finally(() => noting.delete(key))
  noting.set(key, note)
  return note
}
