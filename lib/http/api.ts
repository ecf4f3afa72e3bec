import { createHash } from 'node:crypto'
import { type ZodType, z } from 'zod'
import { type Locale, pickLocale } from '@/lib/i18n/locale'
import { refuseFailure } from '@/lib/problems/failure'
import { listInvalidFields } from '@/lib/problems/invalid-fields'
import { describeProblem, type Reason } from '@/lib/problems/problem'
import { type Refusal, type Result, refuse, succeed } from '@/lib/problems/result'
import { inRequest, noteAsker, readRequestId } from '@/lib/request-context'
import { noteRefusal } from '@/lib/security/security-log'
import type { ApiRequest } from './api-request'
import { readJson, readNothing } from './body'
import type {
  Answers,
  Asker,
  AskerRefusal,
  Contract,
  KeyRule,
  Outage,
  VisitorRefusal,
} from './contract'
import { offerDirectly } from './direct'
import { readIdempotencyKey, requireIdempotencyKey } from './idempotency-key'
import { readResponse, respond } from './respond'
import { isOwnOrigin, readTrustedAddress, type Visitor, type VisitorReader } from './session'

/** A route without path parameters gets no `params` at all, whatever the framework's types say. */
type Context = { params?: Promise<Record<string, string | string[] | undefined>> }

type Texts = Record<string, string>

type Asked<Who extends Asker, Params, Query, Body, Key, Header> = {
  request: ApiRequest
  who: AskedBy<Who>
  params: Params
  query: Query
  body: Body
  /** Null: the client won't retry the request. */
  key: Key extends 'required' ? string : string | null
  /** Reads a header that the contract names. Null: it was not sent. */
  readHeader: (name: Header) => string | null
  locale: Locale
  /** The network address the platform vouches for, or null. */
  address: string | null
}

/** A success as its contract defines it, or a hand-made response where it is more than JSON. */
type Success<A extends Answers> = { ok: true; value: ValueOf<A[keyof A]> } | Response
type ValueOf<Schema> = Schema extends ZodType ? z.output<Schema> : null

/** `application/problem+json` (RFC 9457), in the requested language. */
export function problemResponse({
  refusal,
  locale,
}: {
  refusal: Refusal
  locale: Locale
}): Response {
  const { status, retryAfterSeconds, body } = describeProblem({ ...refusal, locale })
  const headers = {
    'content-type': 'application/problem+json',
    'content-language': locale,
    'cache-control': 'no-store',
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  }
  return respond(JSON.stringify(body), { status, headers })
}

export function jsonResponse(value: unknown, status = 200): Response {
  const headers = { 'content-type': 'application/json', 'cache-control': 'private, no-store' }
  return respond(JSON.stringify(value), { status, headers })
}

/** Content that is answered again was written already. */
const written = new WeakMap<object, { etag: string; json: string }>()

function writeContent(content: object, uncounted: readonly string[]) {
  const before = written.get(content)
  if (before) return before
  const counted = JSON.stringify(content, (key, value: unknown) =>
    uncounted.includes(key) ? undefined : value,
  )
  const weak = uncounted.length > 0 ? 'W/' : ''
  const etag = `${weak}"${createHash('sha256').update(counted).digest('base64url')}"`
  const now = { etag, json: JSON.stringify(content) }
  written.set(content, now)
  return now
}

/**
 * For data that one account polls. No cache stores it, but a page that sends back what it has seen
 * gets a short answer that nothing changed, and as of when.
 */
export function watchedResponse({
  request,
  asOf,
  content,
  uncounted = [],
}: {
  request: ApiRequest
  /** An instant, ISO 8601. */
  asOf: string
  /** Everything except the instant; never changed afterwards. */
  content: object
  /** Keys, anywhere in it, whose change is no news. */
  uncounted?: readonly string[]
}): Response {
  const { etag, json } = writeContent(content, uncounted)
  const headers = { 'cache-control': 'private, no-store', etag, 'as-of': asOf }
  if (request.headers.get('if-none-match') === etag) return respond(null, { status: 304, headers })
  const body = `${json.slice(0, -1)}${json === '{}' ? '' : ','}"asOf":${JSON.stringify(asOf)}}`
  return respond(body, { headers: { ...headers, 'content-type': 'application/json' } })
}

/**
 * A list that people replace as a whole: its ETag is the version that their `If-Match` names.
 */
export function versionedResponse({
  version,
  items,
}: {
  version: number
  items: readonly unknown[]
}): Response {
  return Response.json(items, {
    headers: { 'cache-control': 'private, no-store', etag: `"${version}"` },
  })
}

/** What `If-Match` is for, in a contract's `headers`. */
export const ifMatch = {
  'If-Match':
    'The ETag of the list that is replaced: refused if somebody has changed the restaurant’s settings meanwhile. Without it the list is replaced whatever it was.',
}

/** The version that an `If-Match` names. Null: any. A tag of no version of ours matches none. */
export function readMatch(header: string | null): number | null {
  if (header === null || header.trim() === '*') return null
  const tag = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(header)
  return tag ? Number(tag[1]) : -1
}

/** Parameters of routes that name one thing by its id. */
export const idParams = z.object({ id: z.uuid() })

/** Refuses a request, and notes it where security asks for that. */
function refuseRequest(refusal: Refusal, locale: Locale): Response {
  noteRefusal(refusal)
  return problemResponse({ refusal, locale })
}

/** The id in a path. Null: not a valid id, so there is nothing to find. */
export function idOf(value: string | undefined): string | null {
  return z.uuid().safeParse(value).data ?? null
}

/** Parses a query in which every key is known to the schema and occurs at most once. */
export function parseQuery<Q>({ url, schema }: { url: string; schema: ZodType<Q> }): Result<Q> {
  const { search, searchParams } = new URL(url)
  const keys = [...searchParams.keys()]
  if (new Set(keys).size !== keys.length)
    return refuse('invalid-parameter', { fields: [{ field: 'query', code: 'repeated' }] })
  const parsed = schema.safeParse(Object.fromEntries(searchParams))
  if (parsed.success && !search.includes('%00')) return succeed(parsed.data)
  const isUnknown = parsed.error?.issues.some((issue) => issue.code === 'unrecognized_keys')
  return refuse(isUnknown ? 'unknown-parameter' : 'invalid-parameter', {
    fields: parsed.error ? listInvalidFields(parsed.error) : [],
  })
}

/**
 * Reads the caller. Refuses `signed-out` when nobody is signed in, `passkey-needed` when their role
 * has to show a passkey in this session first, `foreign-origin` for a cookie sent from another site,
 * and `proof-needed` for an act on a device that several people share, until its own person has just
 * proved who they are.
 */
export async function readAsker({
  request,
  reader,
}: {
  request: ApiRequest
  reader: VisitorReader
}): Promise<Result<Visitor, VisitorRefusal>> {
  const who = await reader(request.headers)
  if (!who) return refuse('signed-out')
  noteAsker(who.accountId)
  if (who.by === 'cookie' && request.method !== 'GET' && !isOwnOrigin(request.headers))
    return refuse('foreign-origin')
  if (who.awaitsPasskey) return refuse('passkey-needed')
  if (who.awaitsProof && request.method !== 'GET') return refuse('proof-needed', who.awaitsProof)
  return succeed(who)
}

async function parseBody<B>({
  request,
  schema,
  mayOmit = false,
}: {
  request: ApiRequest
  schema: ZodType<B>
  mayOmit?: boolean | undefined
}): Promise<Result<B>> {
  const isOmitted = mayOmit && !request.headers.has('content-type')
  const json = isOmitted ? await readNothing(request) : await readJson(request)
  if (!json.ok) return json
  const parsed = schema.safeParse(json.value)
  return parsed.success
    ? succeed(parsed.data)
    : refuse('invalid', { fields: listInvalidFields(parsed.error) })
}

type AskedBy<Who extends Asker> = Who extends 'anyone'
  ? null
  : Who extends { read: (...asked: never[]) => Promise<infer R> }
    ? Extract<R, { ok: true }> extends { value: infer W }
      ? W
      : never
    : Visitor

type Options<
  Who extends Asker,
  A extends Answers,
  R extends Reason,
  Params,
  Query,
  Body,
  Key extends KeyRule,
  Header extends string,
> = Contract & {
  who: Who
  /** Parameters that do not match are refused `not-found`. */
  params?: ZodType<Params>
  query?: ZodType<Query>
  body?: ZodType<Body>
  mayOmitBody?: boolean
  key?: Key
  headers?: Readonly<Record<Header, string>>
  answers: A
  refusals: readonly R[]
  /** A plain value gets the first status of `answers`. */
  answer: (
    asked: Asked<Who, Params, Query, Body, Key, Header>,
  ) => Promise<Success<A> | Refusal<NoInfer<R> | AskerRefusal<Who> | Outage>>
}

/** None of our routes has a list as a path parameter, except the catch-all for "not found". */
function listTexts(params: Awaited<Context['params']> = {}): Texts {
  const texts = Object.entries(params).flatMap(([name, part]) =>
    typeof part === 'string' ? [[name, part]] : [],
  )
  return Object.fromEntries(texts)
}

/**
 * Runs before any other part of the request is read, so that a caller without rights learns nothing
 * about their input.
 */
async function readWho({
  who,
  request,
  params,
}: {
  who: Asker
  request: ApiRequest
  params: Texts
}): Promise<Result<unknown>> {
  if (who === 'anyone') return succeed(null)
  return typeof who === 'function'
    ? readAsker({ request, reader: who })
    : who.read({ request, params })
}

function parseParams(texts: Texts, schema: ZodType): Result<unknown, 'not-found'> {
  const parsed = schema.safeParse(texts)
  return parsed.success ? succeed(parsed.data) : refuse('not-found')
}

function readKey(headers: Headers, rule: KeyRule | undefined): Result<string | null, 'invalid'> {
  if (rule === 'required') return requireIdempotencyKey(headers)
  return rule === 'optional' ? readIdempotencyKey(headers) : succeed(null)
}

/**
 * Reads the caller and then each part of the request, once. The first invalid part decides the
 * refusal.
 */
async function readRequest({
  contract: { who, params, query, body, mayOmitBody, key },
  request,
  texts,
}: {
  contract: Contract
  request: ApiRequest
  texts: Texts
}) {
  const asker = await readWho({ who, request, params: texts })
  if (!asker.ok) return asker
  const queried = query ? parseQuery({ url: request.url, schema: query }) : succeed(undefined)
  if (!queried.ok) return queried
  const sent = body
    ? await parseBody({ request, schema: body, mayOmit: mayOmitBody })
    : succeed(undefined)
  if (!sent.ok) return sent
  const named = params ? parseParams(texts, params) : succeed(texts)
  if (!named.ok) return named
  const repeated = readKey(request.headers, key)
  if (!repeated.ok) return repeated
  return succeed({
    who: asker.value,
    query: queried.value,
    body: sent.value,
    params: named.value,
    key: repeated.value,
  })
}

function answerValue(value: unknown, answers: Answers): Response {
  const status = Number(Object.keys(answers)[0])
  return answers[status] ? jsonResponse(value, status) : respond(null, { status })
}

export type ApiHandler = ((request: ApiRequest, context: Context) => Promise<Response>) & {
  contract: Contract
}

/**
 * The edge of every API route: it reads the caller, parses input once, and turns refusals and
 * failures into problems. Of an unexpected failure only the incident number leaves the process. A
 * handler that refuses for a reason its contract does not name does not compile.
 */
export function apiRoute<
  Who extends Asker,
  const A extends Answers,
  const R extends Reason,
  Params = Texts,
  Query = undefined,
  Body = undefined,
  Key extends KeyRule = 'optional',
  Header extends string = never,
>({ answer, ...contract }: Options<Who, A, R, Params, Query, Body, Key, Header>): ApiHandler {
  async function run(request: ApiRequest, context: Context, locale: Locale): Promise<Response> {
    const texts = listTexts(await context.params)
    const read = await readRequest({ contract, request, texts })
    if (!read.ok) return refuseRequest(read, locale)
    const address = readTrustedAddress(request.headers)
    // Without a schema a type is its default. The contract guarantees this, but TypeScript can't
    // see it.
    const readHeader = (name: string) => request.headers.get(name)
    const asked = { ...read.value, request, readHeader, locale, address } as Parameters<
      typeof answer
    >[0]
    const answered = await answer(asked)
    if (answered instanceof Response) return answered
    if (!answered.ok) return refuseRequest(answered, locale)
    return answerValue(answered.value, contract.answers)
  }

  function offer(request: ApiRequest, context: Context): Promise<Response> {
    if (contract.direct)
      offerDirectly(contract.direct, async ({ request: asked, params }) =>
        readResponse(await handle(asked, { params: Promise.resolve(params) })),
      )
    return handle(request, context)
  }

  async function handle(request: ApiRequest, context: Context): Promise<Response> {
    const { headers } = request
    const locale = pickLocale(headers.get('accept-language'))
    const asked = {
      id: readRequestId(headers),
      operation: contract.operationId,
      address: readTrustedAddress(headers),
      accountId: null,
    }
    return inRequest(asked, () =>
      run(request, context, locale).catch((error: unknown) =>
        refuseRequest(refuseFailure(error), locale),
      ),
    )
  }
  return Object.assign(offer, { contract })
}
