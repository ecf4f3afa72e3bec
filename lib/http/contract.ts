import { type ZodType, z } from 'zod'
import type { Reason } from '@/lib/problems/problem'
import type { Result } from '@/lib/problems/result'
import type { ApiRequest } from './api-request'
import type { VisitorReader } from './session'

/** For callers identified by more than a session: a link in the address, or a device's token. */
type OwnReader<W, R extends Reason> = {
  read: (asked: { request: ApiRequest; params: Record<string, string> }) => Promise<Result<W, R>>
  refusals: readonly R[]
  /** The headers it reads, each with what it is for. */
  headers?: Readonly<Record<string, string>>
}

/**
 * A visitor reader answers 401 when nobody is signed in, and refuses a cookie sent from another
 * site.
 */
export type Asker = 'anyone' | VisitorReader | OwnReader<unknown, Reason>

/** The possible successes by HTTP status. Null: no body. */
export type Answers = Readonly<Record<number, ZodType | null>>

/** Whether an `Idempotency-Key` is required with the request, or optional. */
export type KeyRule = 'required' | 'optional'

/**
 * What one method of a route takes, answers and refuses. The handler is bound by it, and OpenAPI
 * publishes it.
 */
export type Contract = {
  /** The operation's name in generated clients. */
  operationId: string
  summary: string
  who: Asker
  /**
   * The method and path of an operation that crowds ask for: where the process has a listener of its own, it is
   * served in front of the framework (`lib/http/direct`).
   */
  direct?: string | undefined
  params?: ZodType | undefined
  query?: ZodType | undefined
  body?: ZodType | undefined
  /**
   * The body as OpenAPI documents it, where the handler accepts more in order to refuse it with a
   * better reason.
   */
  bodyAsTold?: ZodType | undefined
  /** The type of a body that is a file, which the handler reads itself: `text/csv`. */
  file?: string | undefined
  /** A request without a body counts as one with an empty object. */
  mayOmitBody?: boolean | undefined
  key?: KeyRule | undefined
  /** Further headers that the handler may read, each with what it is for. */
  headers?: Readonly<Record<string, string>> | undefined
  answers: Answers
  /**
   * How each list of the answer is sorted, by its path in it: `items[].tableNumbers`, or '' where the
   * answer is a list. Ties end with a key that is unique.
   */
  sorted?: Readonly<Record<string, string>> | undefined
  /** In addition to the refusals implied by its inputs, and to outages. */
  refusals: readonly Reason[]
}

const names = z.registry<{ id: string }>()

/**
 * Names a schema and its parts in OpenAPI. It lives here, not as `.meta()` in the rooms, because
 * browsers load the rooms' schemas.
 */
export function named<Schema extends ZodType>(
  id: string,
  schema: Schema,
  parts: Record<string, ZodType> = {},
): Schema {
  names.add(schema, { id })
  for (const [partId, part] of Object.entries(parts)) names.add(part, { id: partId })
  return schema
}

export const schemaNames = names

/**
 * Too much load, Postgres away, Postgres lost when it might already have written, and the
 * unforeseen.
 */
export type Outage = 'busy' | 'unavailable' | 'not-certain' | 'unexpected'

/** What reading a visitor can refuse. */
export const visitorRefusals = [
  'signed-out',
  'foreign-origin',
  'passkey-needed',
  'proof-needed',
] as const
export type VisitorRefusal = (typeof visitorRefusals)[number]

/** What reading the caller can refuse. */
export type AskerRefusal<Who extends Asker> = Who extends 'anyone'
  ? never
  : Who extends OwnReader<unknown, infer R>
    ? R
    : VisitorRefusal

function listAskerRefusals(who: Asker, isRead: boolean): readonly Reason[] {
  if (who === 'anyone') return []
  if (typeof who === 'object') return who.refusals
  return isRead ? ['signed-out', 'passkey-needed'] : visitorRefusals
}

/** Every reason an operation can be refused for, each listed once. */
export function listRefusals(contract: Contract, method: string): Reason[] {
  const isRead = method === 'GET'
  const reasons: Reason[] = [...listAskerRefusals(contract.who, isRead)]
  if (contract.query) reasons.push('unknown-parameter', 'invalid-parameter')
  if (contract.body) reasons.push('not-json', 'invalid-json', 'too-large', 'invalid')
  if (contract.params) reasons.push('not-found')
  if (contract.key) reasons.push('invalid')
  reasons.push(...contract.refusals, 'busy', 'unavailable')
  if (!isRead) reasons.push('not-certain')
  return [...new Set<Reason>([...reasons, 'unexpected'])]
}
