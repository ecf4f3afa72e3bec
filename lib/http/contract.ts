import { type ZodType, z } from 'zod'
import type { Reason } from '@/lib/problems/problem'
import type { Result } from '@/lib/problems/result'
import type { VisitorReader } from './session'

/** Where more than a session says who asks: a link in the address, a token of a device. */
type OwnReader<W, R extends Reason> = {
  read: (asked: { request: Request; params: Record<string, string> }) => Promise<Result<W, R>>
  refusals: readonly R[]
}

/** A reader of visitors answers 401 to nobody, and refuses a cookie from another site. */
export type Asker = 'anyone' | VisitorReader | OwnReader<unknown, Reason>

/** What a success may be, by its status; null: without a body. */
export type Answers = Readonly<Record<number, ZodType | null>>

/** Whether an `Idempotency-Key` has to come with the request, or may. */
export type KeyRule = 'required' | 'optional'

/** What one method of a route takes, answers and refuses: what its handler keeps, and OpenAPI tells. */
export type Contract = {
  /** What generated clients call it. */
  operationId: string
  summary: string
  who: Asker
  params?: ZodType | undefined
  query?: ZodType | undefined
  body?: ZodType | undefined
  /** What OpenAPI tells of the body, where the handler reads more in order to refuse it well. */
  bodyAsTold?: ZodType | undefined
  key?: KeyRule | undefined
  answers: Answers
  /** Besides those that follow from what it takes, and from outages. */
  refusals: readonly Reason[]
}

const names = z.registry<{ id: string }>()

/**
 * Gives a schema, and parts of it, their names in OpenAPI. Here and not with `.meta()` in the rooms,
 * whose schemas browsers load.
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

/** Too many ask, Postgres is away, or it went away while it could have written; and what nobody foresaw. */
export type Outage = 'busy' | 'unavailable' | 'not-certain' | 'unexpected'

/** What reading who asks can refuse. */
export type AskerRefusal<Who extends Asker> = Who extends 'anyone'
  ? never
  : Who extends OwnReader<unknown, infer R>
    ? R
    : 'signed-out' | 'foreign-origin'

function listAskerRefusals(who: Asker, isRead: boolean): readonly Reason[] {
  if (who === 'anyone') return []
  if (typeof who === 'object') return who.refusals
  return isRead ? ['signed-out'] : ['signed-out', 'foreign-origin']
}

/** Every reason an operation can be refused for, each once. */
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
