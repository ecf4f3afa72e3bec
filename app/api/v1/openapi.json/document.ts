import { type ZodType, z } from 'zod'
import { type Contract, listRefusals, schemaNames } from '@/lib/http/contract'
import { type Reason, reasons, statusOf } from '@/lib/problems/problem'
import { type Method, methods, routes } from './routes'

type Io = 'input' | 'output'
type JsonSchema = Record<string, unknown>

const referTo = (name: string) => `#/components/schemas/${name}`

/** Uses a reference where the schema has a name of its own. */
function describeSchema(schema: ZodType, io: Io): JsonSchema {
  const name = schemaNames.get(schema)?.id
  if (name !== undefined) return { $ref: referTo(name) }
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' })
}

/** The headers of the handler, and those by which it knows the caller. */
function describeHeaders({ who, headers }: Contract) {
  const own = typeof who === 'object' ? who.headers : undefined
  return Object.entries({ ...own, ...headers }).map(([name, description]) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  }))
}

function describeParameters(path: string, contract: Contract) {
  const { query, key } = contract
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const schema = query && z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' })
  const inQuery = Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    ...(schema?.required?.includes(name) && { required: true }),
    schema: property,
  }))
  const idempotencyKey = {
    name: 'Idempotency-Key',
    in: 'header',
    required: key === 'required',
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
    ...(key ? [idempotencyKey] : []),
    ...(key === 'required' ? [attempt] : []),
    ...describeHeaders(contract),
  ]
}

function describeRefusals(contract: Contract, method: Method) {
  const byStatus = new Map<number, Reason[]>()
  for (const reason of listRefusals(contract, method))
    byStatus.set(statusOf(reason), [...(byStatus.get(statusOf(reason)) ?? []), reason])
  const problem = { 'application/problem+json': { schema: { $ref: referTo('Problem') } } }
  return [...byStatus].map(([status, of]) => [
    status,
    { description: of.join(', '), content: problem },
  ])
}

function describeAnswers({ answers }: Contract) {
  return Object.entries(answers).map(([status, schema]) => [
    status,
    {
      description: 'Done',
      ...(schema && {
        content: { 'application/json': { schema: describeSchema(schema, 'output') } },
      }),
    },
  ])
}

const describeOrder = (sorted: Readonly<Record<string, string>>) =>
  Object.entries(sorted)
    .map(([list, order]) => `${list === '' ? 'The list' : `\`${list}\``} is sorted ${order}.`)
    .join('\n')

function describeOperation(path: string, method: Method, contract: Contract) {
  const { operationId, summary, who, sorted } = contract
  const body = contract.bodyAsTold ?? contract.body
  return {
    operationId,
    summary,
    ...(sorted && { description: describeOrder(sorted) }),
    security: who === 'anyone' ? [] : [{ bearer: [] }, { cookie: [] }],
    parameters: describeParameters(path, contract),
    ...(body && {
      requestBody: {
        required: !contract.mayOmitBody,
        content: { 'application/json': { schema: describeSchema(body, 'input') } },
      },
    }),
    ...(contract.file && {
      requestBody: {
        required: true,
        content: { [contract.file]: { schema: { type: 'string' } } },
      },
    }),
    responses: Object.fromEntries([
      ...describeAnswers(contract),
      ...describeRefusals(contract, method),
    ]),
  }
}

function describePath(path: string) {
  const found = methods.flatMap((method) => {
    const handler = routes[path]?.[method]
    if (!handler) return []
    return [[method.toLowerCase(), describeOperation(path, method, handler.contract)]]
  })
  return Object.fromEntries(found)
}

function describeNamed(io: Io): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(schemaNames, { io, uri: referTo, unrepresentable: 'any' })
  const named = Object.entries(schemas).map(([name, { $id: _, $schema: __, ...schema }]) => [
    name,
    schema,
  ])
  return Object.fromEntries(named)
}

/** Request bodies in their input form, responses in their output form. */
function describeSchemas(): Record<string, JsonSchema> {
  const contracts = Object.values(routes).flatMap((route) => Object.values(route))
  const bodies = contracts.flatMap(({ contract }) => contract.bodyAsTold ?? contract.body ?? [])
  const sent = new Set(bodies.map((body) => schemaNames.get(body)?.id))
  const inputs = Object.entries(describeNamed('input')).filter(([name]) => sent.has(name))
  const problem = {
    type: 'object',
    required: ['type', 'title', 'status', 'reason'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      reason: { enum: reasons },
    },
  }
  const schemas = { ...describeNamed('output'), ...Object.fromEntries(inputs), Problem: problem }
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** OpenAPI 3.1, generated from the contracts that the handlers enforce. */
export function describeApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bobjool',
      version: '1',
      description:
        'Instants are ISO 8601 in UTC. Refusals are application/problem+json (RFC 9457) with a literal `reason`, in the language of Accept-Language (ko, en).',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    paths: Object.fromEntries(Object.keys(routes).map((path) => [path, describePath(path)])),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'bobjool.session-token' },
      },
      schemas: describeSchemas(),
    },
  }
}
