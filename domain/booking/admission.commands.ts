import { soldOutHintKeys } from '@/domain/availability/board.commands'
import { peekBoard } from '@/domain/availability/board.queries'
import { isSoldOut } from '@/domain/availability/board.rules'
import { soldOutHint } from '@/domain/availability/board.schema'
import { estimateDatabaseNowMs } from '@/lib/db/clock'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { admit } from '@/lib/redis/admission'
import type { BookingRequest } from './schema'

/** A person taps a few times, a bot hammers, and one address may serve many phones. */
const PER_ACCOUNT = { burst: 100, everyMs: 100 }
const PER_ADDRESS = { burst: 3_000, everyMs: 3 }

type Asking = { dinerId: string; request: BookingRequest; address: string | null }

/**
 * Refuses when this process's board, at most a second old, shows a gate and the diner has no turn
 * of its opening; no I/O. `not-open-yet` with `opensAt` before the instant by the database's clock,
 * `no-turn` with the opening's id after it. No turn begins early enough for the clock's lag to cost
 * a diner theirs. Diners who have booked that date pass, because their key may already have an
 * answer (G4).
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
 * Refuses `sold-out` by this process's board, if at most a second old; no I/O. Never admits a
 * booking, and never refuses a diner who has booked that date.
 */
export function refuseBySnapshot({ dinerId, request }: Asking): Result<null, 'sold-out'> {
  const known = peekBoard({ idOrSlug: request.restaurantId, date: request.serviceDate })
  if (!known || known.bookers.has(dinerId) || !isSoldOut({ hint: known.hint, ...request }))
    return succeed(null)
  return refuse('sold-out', { asOf: known.hint.asOf })
}

/**
 * One request to Redis: the limits, and the hint another process may have left. Refuses
 * `rate-limited` with `retryAfterMs`, and `sold-out` with `asOf`; Redis never grants a seat.
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
    ...soldOutHintKeys(request),
    member: dinerId,
  })
  if (!admission.admitted) return refuse('rate-limited', { retryAfterMs: admission.retryAfterMs })
  // A malformed hint counts as none.
  const hint = soldOutHint.safeParse(admission.hint).data
  if (hint && isSoldOut({ hint, ...request })) return refuse('sold-out', { asOf: hint.asOf })
  return succeed(null)
}
