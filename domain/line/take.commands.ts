import { hashRequest } from '@/domain/identity/idempotency.commands'
import type { SessionRef } from '@/domain/identity/types'
import { hashDeviceToken } from '@/lib/crypto/device-token'
import { signLink } from '@/lib/crypto/link-token'
import { type CallRefusal, createCall, refuseContended } from '@/lib/db/call'
import type { Locale } from '@/lib/i18n/locale'
import { type RefusalDetails, type Result, refuse, succeed } from '@/lib/problems/result'
import { admit } from '@/lib/redis/admission'
import { readPhone } from '@/lib/text/phone'
import { readWaitEstimate } from './queries'
import type { TakenTicket, TicketRequest } from './schema'

/** The taker of a ticket: an account by its session, or the tablet at the door. */
export type Taker = ({ by: 'account' } & SessionRef) | { by: 'kiosk'; token: string }

type Asked = {
  restaurantId: string
  taker: Taker
  key: string
  request: TicketRequest
  /** The network address the platform vouches for, or null. */
  address: string | null
  /** For a ticket without an account: the language of its party's messages. */
  locale: Locale
}
export type TakenOutcome = {
  ticket: TakenTicket
  /** False: the ticket had been taken before, and nothing new happened. */
  isNew: boolean
}
/** The refusals of the SQL function `take_ticket`. */
type TicketRefusal =
  | 'not-found'
  | 'kiosk-revoked'
  | 'signed-out'
  | 'shared-tablet'
  | 'in-progress'
  | 'key-reused'
  | 'no-line'
  | 'address-unconfirmed'
  | 'line-paused'
  | 'line-closed'
  | 'line-outside-hours'
  | 'line-full'
  | 'line-too-often'
  | 'already-in-line'
type TakeRefusal = TicketRefusal | 'invalid' | CallRefusal
type Answer =
  | { ticket: TakenTicket; isNew: boolean; reason?: undefined }
  | ({ reason: TicketRefusal } & RefusalDetails)

/** A person taps a few times, a tablet at a busy door serves many guests, and a bot hammers. */
const PER_ACCOUNT = { burst: 30, everyMs: 1_000 }
const PER_KIOSK = { burst: 60, everyMs: 500 }
const PER_ADDRESS = { burst: 3_000, everyMs: 3 }
/** A batch holds its line until it commits. */
const MOST_IN_A_BATCH = 32
/** Lines leave no hints, but the script still requires the names of its keys. */
const NO_HINT = { hintKey: 'hint:line', exceptKey: 'hint:line:except', member: '' }

const PARAMETERS = {
  p_restaurant: 'uuid',
  p_channel: 'text',
  p_account: 'uuid',
  p_session_epoch: 'integer',
  p_session: 'uuid',
  p_kiosk_hash: 'text',
  p_key: 'text',
  p_request_hash: 'text',
  p_party_size: 'integer',
  p_dining: 'text',
  p_phone: 'text',
  p_email: 'text',
  p_remembered_as: 'text',
  p_locale: 'text',
  p_address: 'text',
  p_estimate: 'jsonb',
} as const

const callTakeTicket = createCall<Answer, typeof PARAMETERS>('take_ticket', PARAMETERS, {
  // Alone, because of the order of locks: staff, whose role is locked before the line, and a guest to
  // remember, who is locked after it.
  togetherBy: ({ p_restaurant, p_channel, p_account, p_remembered_as }) =>
    (p_channel === 'KIOSK' && p_account !== null) || p_remembered_as !== null ? null : p_restaurant,
  most: MOST_IN_A_BATCH,
  lockFirst: `
    SELECT FROM lines l JOIN restaurants r ON r.id = l.restaurant_id
     WHERE l.restaurant_id = ($1::jsonb -> 0 ->> 'p_restaurant')::uuid
       AND l.service_date = service_date_at(clock_timestamp(), r.time_zone, r.day_cut_minutes)
       FOR UPDATE OF l`,
})

/** One request to Redis: the asker's limit first, then the address's. Refuses `rate-limited`. */
export async function admitTaking({
  taker,
  address,
}: Pick<Asked, 'taker' | 'address'>): Promise<Result<null, 'rate-limited'>> {
  const limit =
    taker.by === 'account'
      ? { subject: `line:account:${taker.accountId}`, ...PER_ACCOUNT }
      : { subject: `line:kiosk:${hashDeviceToken(taker.token)}`, ...PER_KIOSK }
  const limits = [limit]
  if (address) limits.push({ subject: `line:address:${address}`, ...PER_ADDRESS })
  const admission = await admit({ limits, ...NO_HINT })
  if (admission.admitted) return succeed(null)
  return refuse('rate-limited', { retryAfterMs: admission.retryAfterMs })
}

/**
 * Joins today's line, in one round trip to Postgres for a diner and for a kiosk. Numbers rise in
 * commit order, without gaps (G8); a party with an active ticket gets that one (G9). The quoted
 * wait comes from the last read of the line, which is read first only if no request has read it for
 * a while. A ticket without an account comes with its link's token. The contact of one whose guest agrees is
 * kept in the guest book, in the same statement. Locks: see the SQL function `take_ticket`.
 *
 * Refuses with every reason of that function, `invalid` (a kiosk only takes tickets at the door; a
 * phone that no country has),
 * `busy`, `unavailable` (nothing happened) and `not-certain` (asking again with the same key
 * tells).
 */
export async function takeTicket(asked: Asked): Promise<Result<TakenOutcome, TakeRefusal>> {
  const { restaurantId, taker, key, request, address, locale } = asked
  const { partySize, dining, channel, contact, remember = false } = request
  const phone = contact?.phone === undefined ? null : readPhone({ typed: contact.phone })
  if (phone === null && contact?.phone !== undefined)
    return refuse('invalid', { fields: [{ field: 'contact.phone', code: 'custom' }] })
  if (taker.by === 'kiosk' && channel !== 'KIOSK')
    return refuse('invalid', { fields: [{ field: 'channel', code: 'invalid' }] })
  const estimate = await readWaitEstimate({ restaurantId, partySize })
  const called = await callTakeTicket({
    p_restaurant: restaurantId,
    p_channel: channel,
    p_account: taker.by === 'account' ? taker.accountId : null,
    p_session_epoch: taker.by === 'account' ? taker.epoch : null,
    p_session: taker.by === 'account' ? taker.sessionId : null,
    p_kiosk_hash: taker.by === 'kiosk' ? hashDeviceToken(taker.token) : null,
    p_key: key,
    p_request_hash: hashRequest({ restaurantId, ...request }),
    p_party_size: partySize,
    p_dining: dining,
    p_phone: phone,
    p_email: contact?.email ?? null,
    p_remembered_as: (remember && contact?.name) || null,
    p_locale: locale,
    p_address: address,
    p_estimate: estimate && JSON.stringify(estimate),
  })
  const answered = refuseContended(called)
  if (!answered.ok) return answered
  if (answered.value.reason !== undefined) {
    const { reason, ...details } = answered.value
    return refuse(reason, details)
  }
  const { ticket, isNew } = answered.value
  const token = channel === 'KIOSK' ? signLink({ kind: 'ticket', id: ticket.id }) : undefined
  return succeed({ ticket: { ...ticket, ...(token && { token }) }, isNew })
}
