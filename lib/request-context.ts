import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

/**
 * The shared tablet that a request comes from, by its session, and the restaurant for which its
 * author gave their PIN. Null: no author is known yet, or none is needed.
 */
export type Tablet = { sessionId: string; restaurantId: string | null }

/**
 * One request, for whatever is written down about it. Nothing decides by it, but the author's
 * restaurant, outside of which Postgres gives them no role (`lock_acting_role`).
 */
export type RequestContext = {
  /** Shared by the log, the security log and the audit log. */
  id: string
  /** The operation's name, which carries no parameter and thus no secret. */
  operation: string
  /** The network address the platform vouches for, or null. */
  address: string | null
  /** How long it has waited for connections to Postgres. */
  waitedMs?: number
  /** Null: not signed in, or not read yet. */
  accountId: string | null
  /** Absent: not a shared tablet, or not read yet. */
  tablet?: Tablet
}

// The framework may load this module once per bundle, but the pool that reads it exists once.
const held = globalThis as typeof globalThis & {
  bobjoolRequests?: AsyncLocalStorage<RequestContext>
}
held.bobjoolRequests ??= new AsyncLocalStorage()
const requests = held.bobjoolRequests

/** Long enough to be an id, short enough for a row; no letter that a log or SQL could misread. */
const WELL_FORMED = /^[A-Za-z0-9][\w.:-]{7,63}$/

/** The id that the platform gave the request, if it is well formed; else a new one. */
export function readRequestId(headers: Headers): string {
  const given = headers.get('x-request-id') ?? ''
  return WELL_FORMED.test(given) ? given : randomUUID()
}

export function inRequest<T>(context: RequestContext, work: () => T): T {
  return requests.run(context, work)
}

/** Null: the work belongs to no request, such as a command's. */
export function findRequest(): Readonly<RequestContext> | null {
  return requests.getStore() ?? null
}

/** How much longer it has waited for a connection. */
export function noteWait(ms: number): void {
  const request = requests.getStore()
  if (request) request.waitedMs = (request.waitedMs ?? 0) + ms
}

/** Work that belongs to no request, though one has caused it. */
export function outsideRequests<T>(work: () => T): T {
  return requests.exit(work)
}

/** Whose request it turned out to be. */
export function noteAsker(accountId: string): void {
  const request = requests.getStore()
  if (request) request.accountId = accountId
}

/** Which shared tablet it turned out to come from. */
export function noteTablet(tablet: Tablet): void {
  const request = requests.getStore()
  if (request) request.tablet = tablet
}

/** What a transaction of the present request says of itself, by the names of its settings. */
export function listRequestSettings(): [name: string, value: string][] {
  const request = requests.getStore()
  if (!request) return []
  const { sessionId = null, restaurantId = null } = request.tablet ?? {}
  return [
    ['bobjool.request_id', request.id],
    ...(sessionId === null ? [] : [['bobjool.tablet_id', sessionId] satisfies [string, string]]),
    ...(restaurantId === null
      ? []
      : [['bobjool.author_at', restaurantId] satisfies [string, string]]),
  ]
}
