import { z } from 'zod'
import { type Reason, reasons, statusOf } from '@/lib/problems/problem'
import type { Operation } from './operation'
import { operations } from './operations'

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' })

function describeParameters(path: string, operation: Operation) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const schema = operation.query && jsonSchema(operation.query, 'input')
  const inQuery = Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    schema: property,
  }))
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: operation.keyed === true,
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
  }
  const attempt = {
    name: 'Idempotency-Attempt',
    in: 'header',
    schema: { type: 'integer', minimum: 1, default: 1 },
  }
  return [
    ...inPath,
    ...inQuery,
    ...(operation.keyed ? [key] : []),
    ...(operation.keyed === true ? [attempt] : []),
  ]
}

/** Whatever is asked: too many ask, Postgres is away, or it went away while it could have written. */
const outages: Reason[] = ['busy', 'unavailable']
const writeOutages: Reason[] = [...outages, 'not-certain']

function describeRefusals({ method, refusals }: { method: string; refusals: Reason[] }) {
  const byStatus = new Map<number, Reason[]>()
  const always = method === 'get' ? outages : writeOutages
  for (const reason of new Set([...refusals, ...always, 'unexpected' as const]))
    byStatus.set(statusOf(reason), [...(byStatus.get(statusOf(reason)) ?? []), reason])
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status,
      {
        description: of.join(', '),
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    ]),
  )
}

function describeOperation({
  path,
  method,
  operation,
}: {
  path: string
  method: string
  operation: Operation
}) {
  const { summary, open, body, status = 200, answer, refusals } = operation
  const content = answer && { 'application/json': { schema: jsonSchema(answer, 'output') } }
  return {
    summary,
    security: open ? [] : [{ bearer: [] }, { cookie: [] }],
    parameters: describeParameters(path, operation),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: jsonSchema(body, 'input') } },
      },
    }),
    responses: {
      [status]: { description: 'Done', ...(content && { content }) },
      ...describeRefusals({ method, refusals }),
    },
  }
}

/** OpenAPI 3.1, made from the schemas that the handlers parse with. */
export function describeApi() {
  const paths = Object.entries(operations).map(([path, methods]) => [
    path,
    Object.fromEntries(
      Object.entries(methods).map(([method, operation]) => [
        method,
        describeOperation({ path, method, operation }),
      ]),
    ),
  ])
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bobjool',
      version: '1',
      description:
        'Instants are ISO 8601 in UTC. Refusals are application/problem+json (RFC 9457) with a literal `reason`, in the language of Accept-Language (ko, en).',
    },
    servers: [{ url: '/api/v1' }],
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'bobjool.session-token' },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'reason'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            reason: { enum: reasons },
          },
        },
      },
    },
  }
}
