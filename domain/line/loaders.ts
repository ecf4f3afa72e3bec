import { judgeVisit, readLiveVisitor, readPageVisitor } from '@/domain/identity/loaders'
import type { SessionRef } from '@/domain/identity/types'
import { readLink } from '@/lib/crypto/link-token'
import { idOf, readAsker } from '@/lib/http/api'
import type { ApiRequest } from '@/lib/http/api-request'
import { type VisitorRefusal, visitorRefusals } from '@/lib/http/contract'
import { KIOSK_TOKEN, kioskHeader } from '@/lib/http/headers'
import { readTrustedAddress, readVisitor } from '@/lib/http/session'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { kioskToken } from './kiosk.schema'
import { findTicket, listOwnTickets, readLine } from './queries'
import type { LineSnapshot, TicketView } from './schema'
import type { Taker } from './take.commands'
import type { TicketAsker } from './types'
import { readWaiting, watchWaiting } from './waiting.queries'
import type { Waiting } from './waiting.types'

/**
 * The ticket a URL names, and the asker: our link is enough for a ticket without an account; an id
 * gives no access without a session.
 */
async function readTicketAsker({
  request,
  params: { id = '' },
}: {
  request: ApiRequest
  params: Record<string, string>
}): Promise<Result<{ ticketId: string; asker: TicketAsker }, VisitorRefusal | 'not-found'>> {
  const address = readTrustedAddress(request.headers)
  const linked = readLink({ kind: 'ticket', token: id })
  if (linked) return succeed({ ticketId: linked, asker: { accountId: null, address } })
  const who = await readAsker({ request, reader: readLiveVisitor })
  if (!who.ok) return who
  const ticketId = idOf(id)
  if (!ticketId) return refuse('not-found')
  return succeed({ ticketId, asker: { accountId: who.value.accountId, address } })
}

export const ticketAsker = {
  read: readTicketAsker,
  refusals: [...visitorRefusals, 'not-found'],
} as const

/**
 * The taker of a ticket: the tablet whose token comes with the request, or the signed-in account. A
 * session is judged by its token alone here; the one statement that takes the ticket checks that it
 * is still valid.
 */
async function readTaker({
  request,
}: {
  request: ApiRequest
}): Promise<Result<Taker, VisitorRefusal | 'kiosk-revoked'>> {
  const token = request.headers.get(KIOSK_TOKEN)
  if (token !== null)
    return kioskToken.safeParse(token).success
      ? succeed({ by: 'kiosk', token })
      : refuse('kiosk-revoked')
  const who = await readAsker({ request, reader: readVisitor })
  if (!who.ok) return who
  const { accountId, epoch, sessionId } = who.value
  return succeed({ by: 'account', accountId, epoch, sessionId })
}

export const taker = {
  read: readTaker,
  refusals: [...visitorRefusals, 'kiosk-revoked'],
  headers: kioskHeader,
} as const

export type LoadedTicket =
  | { state: 'FOUND'; ticket: TicketView; isLinked: boolean }
  | { state: 'SIGNED_OUT' }
  /** The account's own pages are closed on a shared device. */
  | { state: 'AWAITS_PROOF' }
  | { state: 'NOT_FOUND' }

/** The ticket a page's URL names: by our link, or by its id for its own account. */
export async function loadTicket(idOrToken: string): Promise<LoadedTicket> {
  const linked = readLink({ kind: 'ticket', token: idOrToken })
  const ticketId = linked ?? idOf(idOrToken)
  if (!ticketId) return { state: 'NOT_FOUND' }
  const visitor = linked ? null : await readPageVisitor()
  if (!linked && !visitor) return { state: 'SIGNED_OUT' }
  if (visitor?.awaitsProof) return { state: 'AWAITS_PROOF' }
  const ticket = await findTicket({ ticketId, accountId: visitor?.accountId ?? null })
  return ticket ? { state: 'FOUND', ticket, isLinked: linked !== null } : { state: 'NOT_FOUND' }
}

/**
 * Today's line of a restaurant, as a page renders it before its own script polls. Null: it has
 * none.
 */
export async function loadLine(restaurantId: string): Promise<LineSnapshot | null> {
  return (await readLine(restaurantId)).data
}

/** The account's tickets that are in a line now. */
export async function loadOwnTickets(accountId: string): Promise<TicketView[]> {
  return listOwnTickets(accountId)
}

/** The line as a tablet polls it. Refuses `not-found`, also to everyone outside the staff, and `no-line`. */
export async function readWatchedLine({
  restaurantId,
  session,
}: {
  restaurantId: string
  session: SessionRef
}): Promise<Result<Waiting, 'signed-out' | 'passkey-needed' | 'not-found' | 'no-line'>> {
  const watched = await watchWaiting({ restaurantId, session })
  const judged = judgeVisit({ visit: watched?.visit ?? null, sessionId: session.sessionId })
  if (!watched || !judged.ok) return judged.ok ? refuse('signed-out') : judged
  return watched.waiting
}

/** Null: the restaurant has no line, or the visitor is not on its staff. */
export async function loadWaiting(restaurantId: string): Promise<Waiting | null> {
  const visitor = await readPageVisitor()
  if (!visitor) return null
  const waiting = await readWaiting({ restaurantId, accountId: visitor.accountId })
  return waiting.ok ? waiting.value : null
}
