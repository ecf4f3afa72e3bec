import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { describeApi } from '@/app/api/v1/openapi.json/document'

const SCRATCH = path.resolve(import.meta.dirname, '../../.local')

let types: string
beforeAll(async () => {
  types = astToString(await openapiTS(JSON.stringify(describeApi())))
})

/** What the compiler has to say to a program that has the generated types beside it. */
function compile(program: string): string[] {
  mkdirSync(SCRATCH, { recursive: true })
  const dir = mkdtempSync(path.join(SCRATCH, 'client-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  writeFileSync(path.join(dir, 'api.ts'), types)
  const file = path.join(dir, 'client.ts')
  writeFileSync(file, program)
  const compiled = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: [],
  })
  return ts
    .getPreEmitDiagnostics(compiled)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

const client = (request: string) => `
import type { components, operations } from './api'

type BookingRequest = components['schemas']['BookingRequest']
type PlacedReservation = components['schemas']['PlacedReservation']
type Problem = components['schemas']['Problem']
type Headers = operations['bookTable']['parameters']['header']

const request: BookingRequest = ${request}

async function book(headers: Headers): Promise<PlacedReservation | Problem['reason']> {
  const response = await fetch('/api/v1/reservations', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': headers['Idempotency-Key'] },
    body: JSON.stringify(request),
  })
  if (response.status === 201) return response.json()
  const problem: Problem = await response.json()
  return problem.reason
}

export async function tell(): Promise<string> {
  const booked = await book({ 'Idempotency-Key': crypto.randomUUID() })
  if (booked === 'sold-out') return 'sold out'
  if (typeof booked === 'string') return booked
  const until: string | null = booked.holdExpiresAt
  return \`table \${booked.tableNumber.toFixed()}, \${booked.status === 'HELD' ? until : 'confirmed'}\`
}
`

const whole = `{ restaurantId: crypto.randomUUID(), serviceDate: '2026-12-24', startsAt: '2026-12-24T09:00:00Z', partySize: 2 }`

describe('a client generated from the contract', () => {
  test('compiles against readable types of a booking', () => {
    expect(compile(client(whole))).toEqual([])
  })

  test('does not compile with a request that the handler would refuse', () => {
    expect(compile(client(whole.replace('partySize: 2', "partySize: 'two'")))).toEqual([
      "Type 'string' is not assignable to type 'number'.",
    ])
    expect(compile(client(whole.replace(', partySize: 2', ''))).join()).toMatch(
      /partySize.*missing/,
    )
  })
})
