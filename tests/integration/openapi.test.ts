import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Reason, reasons, statusOf } from '@/lib/problems/problem'
import { askApi, readJson } from '../support/api-client'
import { useApps } from '../support/http-scene'

const apps = useApps()
const ROUTES = path.resolve(import.meta.dirname, '../../app/api/v1')
const FUNCTIONS = path.resolve(import.meta.dirname, '../../prisma/functions')
const METHODS = ['get', 'post', 'put', 'patch', 'delete']

const schema = z.looseObject({})
const media = z.record(z.string().regex(/^[a-z]+\/[a-z+-]+$/), z.strictObject({ schema }))
const parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().optional(),
  description: z.string().min(1).optional(),
  schema,
})
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z]+$/),
  summary: z.string().min(1),
  description: z.string().min(1).optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(parameter),
  requestBody: z.strictObject({ required: z.boolean(), content: media }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.strictObject({ description: z.string().min(1), content: media.optional() }),
  ),
})

/** The shape of OpenAPI 3.1.0, as far as this description uses it; anything else is refused. */
const description = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    description: z.string(),
    license: z.strictObject({ name: z.literal('MIT'), identifier: z.literal('MIT') }),
  }),
  servers: z.array(z.strictObject({ url: z.string() })),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation),
  ),
  components: z.strictObject({
    securitySchemes: z.record(
      z.string(),
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer') }),
        z.strictObject({ type: z.literal('apiKey'), in: z.literal('cookie'), name: z.string() }),
      ]),
    ),
    schemas: z.record(z.string(), schema),
  }),
})

type Operation = z.infer<typeof operation> & { path: string; method: string }

let document: z.infer<typeof description>
let operations: Operation[]
beforeAll(async () => {
  const answer = await askApi({ url: apps.urlOf(), path: '/api/v1/openapi.json' })
  expect(answer.headers['content-type']).toContain('application/json')
  document = description.parse(readJson(answer))
  operations = Object.entries(document.paths).flatMap(([at, methods]) =>
    Object.entries(methods).map(([method, it]) => ({ ...it, path: at, method })),
  )
})

async function listRoutes(): Promise<string[]> {
  const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
  const routes = files.filter((file) => path.basename(file) === 'route.ts')
  const found: string[] = []
  for (const file of routes.filter((name) => !name.startsWith('openapi.json'))) {
    const route: Record<string, unknown> = await import(path.join(ROUTES, file))
    const address = path.dirname(file).replace(/\[(\w+)\]/g, '{$1}')
    const methods = METHODS.filter((method) => method.toUpperCase() in route)
    found.push(...methods.map((method) => `${method} /${address}`))
  }
  return found
}

describe('the API describes itself', () => {
  test('every route and method is described, and nothing else', async () => {
    const described = operations.map((it) => `${it.method} ${it.path}`)
    expect(described.sort()).toEqual((await listRoutes()).sort())
  })

  test('each operation has a name of its own, and what it sends and answers has one too', () => {
    const ids = operations.map((it) => it.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { operationId, requestBody, responses } of operations) {
      const contents = [requestBody?.content, ...Object.values(responses).map((it) => it.content)]
      for (const content of contents.filter((it) => it !== undefined))
        for (const [type, { schema: described }] of Object.entries(content))
          expect(Object.keys(described), operationId).toEqual([
            type === 'text/csv' ? 'type' : '$ref',
          ])
    }
  })

  test('what a database function refuses for, its operation tells', () => {
    const functions = [
      ['booking/place_reservation', 'bookTable'],
      ['booking/judge_hoarding', 'bookTable'],
      ['booking/judge_booking', 'bookTable'],
      ['booking/choose_slot', 'bookTable'],
      ['booking/judge_hoarding', 'changeReservation'],
      ['booking/judge_booking', 'changeReservation'],
      ['booking/choose_slot', 'changeReservation'],
      ['booking/judge_hoarding', 'findObstacle'],
      ['line/take_ticket', 'takeTicket'],
      ['opening/enter_opening', 'enterOpening'],
    ]
    for (const [name = '', operationId] of functions) {
      const sql = readFileSync(path.join(FUNCTIONS, `${name}.sql`), 'utf8')
      const refused = [...sql.matchAll(/'reason', '([a-z-]+[a-z])'/g)].map(([, reason]) => reason)
      const responses = operations.find((it) => it.operationId === operationId)?.responses ?? {}
      const told = Object.values(responses).flatMap((it) => it.description.split(', '))
      expect(refused.length).toBeGreaterThan(2)
      // `contended` is between the function and its caller, who tries again.
      expect([...told, 'contended'], operationId).toEqual(expect.arrayContaining(refused))
    }
  })

  test('each parameter of a path is declared, required, and no parameter comes twice', () => {
    for (const it of operations) {
      const inPath = it.parameters.filter((one) => one.in === 'path')
      const named = [...it.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(inPath.map((one) => one.name)).toEqual(named)
      expect(inPath.every((one) => one.required)).toBe(true)
      const keys = it.parameters.map((one) => `${one.in} ${one.name}`)
      expect(new Set(keys).size, `${it.method} ${it.path}`).toBe(keys.length)
    }
  })

  test('a header that a handler reads is described with what it is for', () => {
    const listed = (name: string) =>
      operations
        .filter((it) => it.parameters.some((one) => one.in === 'header' && one.name === name))
        .map((it) => it.operationId)
        .sort()
    expect(listed('Opening-Turn')).toEqual(['bookTable', 'changeReservation', 'holdSoftly'])
    expect(listed('Kiosk-Token')).toEqual(['readKiosk', 'takeTicket'])
  })

  test('every reference and every security scheme resolves', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)]
    expect(references.length).toBeGreaterThan(0)
    for (const [, reference = ''] of references) {
      const [root, ...steps] = reference.split('/')
      const target = steps.reduce<unknown>(
        (at, step) => (at instanceof Object ? Reflect.get(at, step) : undefined),
        document,
      )
      expect([root, typeof target], reference).toEqual(['#', 'object'])
    }
    const schemes = Object.keys(document.components.securitySchemes)
    for (const { security } of operations)
      for (const way of security) expect(schemes).toEqual(expect.arrayContaining(Object.keys(way)))
  })

  test('each has a success, and refusals as problems under the status they really have', () => {
    const known = new Set<string>(reasons)
    const isReason = (text: string): text is Reason => known.has(text)
    for (const it of operations) {
      const entries = Object.entries(it.responses)
      expect(entries.filter(([status]) => status.startsWith('2'))).not.toEqual([])
      for (const [status, response] of entries.filter(([one]) => !one.startsWith('2'))) {
        expect(Object.keys(response.content ?? {})).toEqual(['application/problem+json'])
        for (const reason of response.description.split(', '))
          expect(isReason(reason) && String(statusOf(reason)), reason).toBe(status)
      }
    }
  })

  test('an operation that needs a session says so and lists signed-out; others do neither', () => {
    for (const { path: at, method, security, responses } of operations) {
      const listed = responses['401']?.description.includes('signed-out') ?? false
      expect([at, method, listed]).toEqual([at, method, security.length > 0])
    }
  })

  test('an operation with a body says so, and lists how a body can be wrong', () => {
    const wrong: Record<string, string[]> = {
      'application/json': ['invalid-json', 'too-large', 'not-json', 'invalid'],
      'text/csv': ['invalid-parameter', 'too-large', 'not-csv', 'unknown-encoding'],
    }
    for (const { path: at, requestBody, responses } of operations.filter((it) => it.requestBody)) {
      const [type = '', ...others] = Object.keys(requestBody?.content ?? {})
      expect(others, at).toEqual([])
      const described = [400, 413, 415, 422].map((status) => responses[status]?.description)
      expect(wrong[type], at).toHaveLength(4)
      for (const [index, reason] of (wrong[type] ?? []).entries())
        expect(described[index], at).toContain(reason)
    }
  })

  test('every reason a client can meet is in the list of reasons', () => {
    const problem = z
      .object({ properties: z.object({ reason: z.object({ enum: z.array(z.string()) }) }) })
      .parse(document.components.schemas.Problem)
    expect(problem.properties.reason.enum).toEqual(reasons)
  })
})
