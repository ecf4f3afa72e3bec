import { readFileSync } from 'node:fs'
import { Agent, type ClientRequest, type IncomingMessage, request as openRequest } from 'node:http'
import path from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { expect } from 'vitest'
import { z } from 'zod'
import type { Reason } from '@/lib/problems/problem'

/** As many connections as there are clients, each kept for the next request. */
const agent = new Agent({ keepAlive: true })

export interface Ask {
  method?: string
  /** Sent as is, neither decoded nor normalised. */
  path: string
  token?: string | undefined
  headers?: Record<string, string | string[]>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as is, with the content type in `headers`, if any. */
  bytes?: string | Buffer
  /** Writes the body by hand; must end it, or stop once an answer has come. */
  write?: (request: ClientRequest) => void
}

export interface Answer {
  asked: Ask
  status: number
  headers: IncomingMessage['headers']
  text: string
}

/**
 * One request to one process. Returns the answer whatever its status. A server may close an idle
 * connection just as a request goes out on it; such a request was not read and goes out once more
 * (RFC 9112, section 9.3.1).
 */
export async function askApi(ask: Ask & { url: string }): Promise<Answer> {
  const answer = await askOnce(ask)
  return answer === 'idle-closed' ? askApi(ask) : answer
}

function askOnce({ url, ...asked }: Ask & { url: string }): Promise<Answer | 'idle-closed'> {
  const { method = 'GET', path, token, body, bytes, write } = asked
  const sent = bytes ?? (body === undefined ? undefined : JSON.stringify(body))
  const headers: Record<string, string | string[]> = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(sent !== undefined && { 'content-length': String(Buffer.byteLength(sent)) }),
    ...asked.headers,
  }
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const request = openRequest({ hostname, port, method, path, headers, agent })
    request.on('response', (response) => {
      readAll(response)
        .then((text) =>
          resolve({ asked, status: response.statusCode ?? 0, headers: response.headers, text }),
        )
        .catch(reject)
    })
    // The server may cut a connection that it answered mid-upload; the answer is read by then.
    request.on('error', (error: NodeJS.ErrnoException) => {
      const isIdleClosed = request.reusedSocket && error.code === 'ECONNRESET' && !write
      if (isIdleClosed) resolve('idle-closed')
      else reject(error)
    })
    if (write) write(request)
    else request.end(sent)
  })
}

/** The JSON of an answer, for assertions that check its shape. */
export function readJson(answer: Answer): Record<string, unknown> {
  const value: unknown = JSON.parse(answer.text)
  if (typeof value === 'object' && value !== null) return { ...value }
  throw new Error(`Expected a JSON object, got ${answer.text.slice(0, 200)}`)
}

/** Status and reason, if any, in one string, for counting. */
export function nameOutcome(answer: Answer): string {
  const isProblem = answer.headers['content-type'] === 'application/problem+json'
  return isProblem ? `${answer.status} ${String(readJson(answer).reason)}` : String(answer.status)
}

export function countOutcomes(answers: Answer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const answer of answers) counts[nameOutcome(answer)] = (counts[nameOutcome(answer)] ?? 0) + 1
  return counts
}

/** What no outsider may see: stacks, statements, files, names of internals. */
const LEAK =
  /\n\s+at |node_modules|\.[cm]?[jt]sx?\b|\b(select|insert|update|delete)\b.*\b(from|into|set)\b|place_reservation|postgres|prisma|redis|zod|\/(home|tmp|work|usr|var)\//i

/**
 * Every refusal is a problem of this status and reason, in the requested language, not cached,
 * revealing nothing internal, and listed in the API's own description.
 */
export function expectProblem(
  answer: Answer,
  { status, reason, language = 'ko' }: { status: number; reason: Reason; language?: 'ko' | 'en' },
): Record<string, unknown> {
  expect(`${answer.status} ${answer.text}`).toMatch(`${status} {`)
  const problem = readJson(answer)
  expect(problem).toMatchObject({ type: 'about:blank', status, reason })
  expect(answer.headers['content-type']).toBe('application/problem+json')
  expect(answer.headers['content-language']).toBe(language)
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(String(problem.title)).toMatch(language === 'ko' ? /[가-힣].*\./ : /^[A-Z][^가-힣]*\.$/)
  expect(answer.text).not.toMatch(LEAK)
  expectDescribed({ answer, reason })
  return problem
}

const DESCRIPTION = path.resolve(
  import.meta.dirname,
  '../../.next/server/app/api/v1/openapi.json.body',
)
const description = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({ responses: z.record(z.string(), z.object({ description: z.string() })) }),
    ),
  ),
})

/** As the build publishes it: made here, it would load every route into each file that asks one. */
function listDescribed() {
  const { paths } = description.parse(JSON.parse(readFileSync(DESCRIPTION, 'utf8')))
  return Object.entries(paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([method, { responses }]) => ({
      pattern: new RegExp(`^/api/v1${template.replace(/\{\w+\}/g, '[^/]+')}$`),
      method: method.toUpperCase(),
      responses,
    })),
  )
}
let described: ReturnType<typeof listDescribed> | undefined

/** A refusal that the description does not list is a gap in the description. */
function expectDescribed({ answer, reason }: { answer: Answer; reason: Reason }): void {
  const { path, method = 'GET' } = answer.asked
  const [address = ''] = path.split('?')
  described ??= listDescribed()
  const operation = described.find((one) => one.method === method && one.pattern.test(address))
  if (!operation) return
  const reasons = operation.responses[answer.status]?.description.split(', ') ?? []
  expect(reasons, `refusals of ${method} ${path} that openapi.json lists`).toContain(reason)
}
