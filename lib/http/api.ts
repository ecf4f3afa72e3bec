import { createHash } from 'node:crypto'
import { type ZodType, z } from 'zod'
import { type Locale, pickLocale } from '@/lib/i18n/locale'
import { refuseFailure } from '@/lib/problems/failure'
import { listInvalidFields } from '@/lib/problems/invalid-fields'
import { describeProblem } from '@/lib/problems/problem'
import { type Refusal, type Result, refuse, succeed } from '@/lib/problems/result'
import { readJson } from './body'
import { isOwnOrigin, type Visitor, type VisitorReader } from './session'

/** An address without such parts has none at all, whatever the framework's types say. */
type Context = { params?: Promise<Record<string, string | string[] | undefined>> }
export type ApiRequest<Who, Body, Query> = {
  request: Request
  who: Who
  body: Body
  query: Query
  params: Record<string, string>
  locale: Locale
}
type Answer = Response | Refusal

/** `application/problem+json` (RFC 9457), in the language asked for. */
export function problemResponse({
  refusal,
  locale,
}: {
  refusal: Refusal
  locale: Locale
}): Response {
  const { status, retryAfterSeconds, body } = describeProblem({ ...refusal, locale })
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'content-language': locale,
    'cache-control': 'no-store',
  })
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds))
  return new Response(JSON.stringify(body), { status, headers })
}

export function jsonResponse(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: { 'cache-control': 'private, no-store' } })
}

/**
 * What one account may read again and again: no cache keeps it, but a page that says what it has seen
 * is told in a few bytes that it is still so, and as of when.
 */
export function watchedResponse({
  request,
  asOf,
  content,
}: {
  request: Request
  /** An instant, ISO 8601. */
  asOf: string
  /** Everything but the instant. */
  content: object
}): Response {
  const etag = `"${createHash('sha256').update(JSON.stringify(content)).digest('base64url')}"`
  const headers = { 'cache-control': 'private, no-store', etag, 'as-of': asOf }
  if (request.headers.get('if-none-match') === etag)
    return new Response(null, { status: 304, headers })
  return Response.json({ ...content, asOf }, { headers })
}

/** The id in a path, or null: what can't be an id leads to nothing. */
export function idOf(value: string | undefined): string | null {
  return z.uuid().safeParse(value).data ?? null
}

/**
 * The same bytes for everybody: shared caches keep it for a second and go on showing it while
 * they ask for the next. No cookie, no `Vary` but the encoding.
 */
export function snapshotResponse({
  request,
  snapshot,
}: {
  request: Request
  snapshot: { body: string; etag: string }
}): Response {
  const headers = {
    'cache-control': 'public, max-age=0, s-maxage=1, stale-while-revalidate=1',
    'content-type': 'application/json',
    etag: snapshot.etag,
  }
  const isKnown = request.headers.get('if-none-match')?.includes(snapshot.etag)
  return new Response(isKnown ? null : snapshot.body, { status: isKnown ? 304 : 200, headers })
}

/** Every key at most once and known to the schema. */
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

/** Who asks; refuses `signed-out` to nobody, and `foreign-origin` to a cookie from another site. */
export async function readAsker({
  request,
  reader,
}: {
  request: Request
  reader: VisitorReader
}): Promise<Result<Visitor, 'signed-out' | 'foreign-origin'>> {
  const who = await reader(request.headers)
  if (!who) return refuse('signed-out')
  if (who.by === 'cookie' && request.method !== 'GET' && !isOwnOrigin(request.headers))
    return refuse('foreign-origin')
  return succeed(who)
}

async function parseBody<B>({
  request,
  schema,
}: {
  request: Request
  schema: ZodType<B>
}): Promise<Result<B>> {
  const json = await readJson(request)
  if (!json.ok) return json
  const parsed = schema.safeParse(json.value)
  return parsed.success
    ? succeed(parsed.data)
    : refuse('invalid', { fields: listInvalidFields(parsed.error) })
}

/** Where more than a session says who asks: a link in the address, a token of a device. */
type OwnReader<W> = {
  read: (asked: { request: Request; params: Record<string, string> }) => Promise<Result<W>>
}
type Asker = 'anyone' | VisitorReader | OwnReader<unknown>
type AskedBy<Who extends Asker> = Who extends 'anyone'
  ? null
  : Who extends OwnReader<infer W>
    ? W
    : Visitor

type Options<Who extends Asker, B, Q> = {
  /** A reader of visitors answers 401 to nobody, and refuses a cookie from another site. */
  who: Who
  body?: ZodType<B>
  query?: ZodType<Q>
  answer: (asked: ApiRequest<AskedBy<Who>, B, Q>) => Promise<Answer>
}

/** No address of ours has a part that is a list, but the one that leads nowhere. */
function listTexts(params: Awaited<Context['params']> = {}): Record<string, string> {
  const texts = Object.entries(params).flatMap(([name, part]) =>
    typeof part === 'string' ? [[name, part]] : [],
  )
  return Object.fromEntries(texts)
}

/** Before anything else of a request is read: whoever may not ask learns nothing about what they sent. */
async function readWho({
  who,
  request,
  params,
}: {
  who: Asker
  request: Request
  params: Record<string, string>
}): Promise<Result<unknown>> {
  if (who === 'anyone') return succeed(null)
  return typeof who === 'function'
    ? readAsker({ request, reader: who })
    : who.read({ request, params })
}

/**
 * The edge of every API route: who asks, input parsed once, refusals and failures turned into
 * problems. Nothing of an unexpected failure leaves the process but its incident number.
 */
export function apiRoute<Who extends Asker, B = undefined, Q = Record<string, never>>(
  options: Options<Who, B, Q>,
) {
  async function run(request: Request, context: Context, locale: Locale): Promise<Answer> {
    const params = listTexts(await context.params)
    const asker = await readWho({ who: options.who, request, params })
    if (!asker.ok) return asker
    const query = options.query
      ? parseQuery({ url: request.url, schema: options.query })
      : succeed(undefined)
    if (!query.ok) return query
    const body = options.body
      ? await parseBody({ request, schema: options.body })
      : succeed(undefined)
    if (!body.ok) return body
    // Where there is no schema, B and Q are their defaults: the types follow from `options`, which
    // TypeScript can't see through.
    const asked = {
      request,
      who: asker.value,
      body: body.value,
      query: query.value,
      params,
      locale,
    }
    return options.answer(asked as Parameters<typeof options.answer>[0])
  }

  return async (request: Request, context: Context): Promise<Response> => {
    const locale = pickLocale(request.headers.get('accept-language'))
    const answer = await run(request, context, locale).catch(refuseFailure)
    return answer instanceof Response ? answer : problemResponse({ refusal: answer, locale })
  }
}
