import { Agent, type ClientRequest, type IncomingMessage, request as openRequest } from 'node:http'
import { text as readAll } from 'node:stream/consumers'
import { expect } from 'vitest'
import { describeApi } from '@/app/api/v1/openapi.json/document'
import type { Reason } from '@/lib/problems/problem'

/** As many connections as there are people asking, each kept for the next question. */
const agent = new Agent({ keepAlive: true })

export interface Ask {
  method?: string
  /** Sent as it stands: neither decoded nor tidied up. */
  path: string
  token?: string | undefined
  headers?: Record<string, string | string[]>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it stands, with whatever content type `headers` names. */
  bytes?: string | Buffer
  /** Writes the body by hand; has to end it, or be done once an answer came. */
  write?: (request: ClientRequest) => void
}

export interface Answer {
  asked: Ask
  status: number
  headers: IncomingMessage['headers']
  text: string
}

/** One request to one application process. An answer is an answer, whatever its status. */
export function askApi({ url, ...asked }: Ask & { url: string }): Promise<Answer> {
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
    // Whoever was answered in mid-upload may find the line cut; the answer has been read by then.
    request.on('error', reject)
    if (write) write(request)
    else request.end(sent)
  })
}

/** The JSON of an answer, for assertions that say what has to be in it. */
export function readJson(answer: Answer): Record<string, unknown> {
  const value: unknown = JSON.parse(answer.text)
  if (typeof value === 'object' && value !== null) return { ...value }
  throw new Error(`Expected a JSON object, got ${answer.text.slice(0, 200)}`)
}

/** Status and reason (or nothing) in one word, for counting. */
export function nameOutcome(answer: Answer): string {
  const isProblem = answer.headers['content-type'] === 'application/problem+json'
  return isProblem ? `${answer.status} ${String(readJson(answer).reason)}` : String(answer.status)
}

export function countOutcomes(answers: Answer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const answer of answers) counts[nameOutcome(answer)] = (counts[nameOutcome(answer)] ?? 0) + 1
  return counts
}

/** What only somebody inside may see: stacks, statements, files, names of our machinery. */
const LEAK =
  /\n\s+at |node_modules|\.[cm]?[jt]sx?\b|\b(select|insert|update|delete)\b.*\b(from|into|set)\b|place_reservation|postgres|prisma|redis|zod|\/(home|tmp|work|usr|var)\//i

/**
 * A refusal as every refusal has to be: a problem of this status and reason, in the language asked
 * for, kept by nobody, giving nothing away, and listed in the API's own description.
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

interface Described {
  pattern: RegExp
  method: string
  responses: Record<string, { description: string }>
}

function listDescribed(): Described[] {
  const paths: Record<string, Record<string, Pick<Described, 'responses'>>> = describeApi().paths
  return Object.entries(paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([method, { responses }]) => ({
      pattern: new RegExp(`^/api/v1${template.replace(/\{\w+\}/g, '[^/]+')}$`),
      method: method.toUpperCase(),
      responses,
    })),
  )
}
const described = listDescribed()

/** A refusal that a client meets and can't read about is a gap in the description. */
function expectDescribed({ answer, reason }: { answer: Answer; reason: Reason }): void {
  const { path, method = 'GET' } = answer.asked
  const [address = ''] = path.split('?')
  const operation = described.find((one) => one.method === method && one.pattern.test(address))
  if (!operation) return
  const reasons = operation.responses[answer.status]?.description.split(', ') ?? []
  expect(reasons, `refusals of ${method} ${path} that openapi.json lists`).toContain(reason)
}
