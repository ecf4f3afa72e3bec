import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import { type ZodType, z } from 'zod'
import { env } from '@/lib/env'
import { isLocale, type Locale } from '@/lib/i18n/locale'
import { refuseFailure } from '@/lib/problems/failure'
import { listInvalidFields } from '@/lib/problems/invalid-fields'
import { describeProblem } from '@/lib/problems/problem'
import { type ActionAnswer, type Result, refuse, succeed } from '@/lib/problems/result'
import { inRequest, noteAsker, readRequestId } from '@/lib/request-context'
import { noteRefusal } from '@/lib/security/security-log'
import type { ApiRequest } from './api-request'
import { AUTHOR } from './headers'
import { isOwnOrigin, readTrustedAddress, type Visitor, type VisitorReader } from './session'

type Asked<Who, Input> = {
  who: Who
  input: Input
  locale: Locale
  /** The network address the platform vouches for, or null. */
  address: string | null
}

/** Who may be asked for beside a session, such as the author on a shared tablet. */
type ActorReader = {
  read: (asked: { request: ApiRequest; params: Record<string, string> }) => Promise<Result<Visitor>>
}
type ActionAsker = 'anyone' | VisitorReader | ActorReader

type Options<Who extends ActionAsker, Schema extends ZodType, Value> = {
  /** A visitor reader refuses `signed-out` when nobody is signed in; `anyone` reads no session. */
  who: Who
  /**
   * What the page sends. The page's language is sent with every action, and on a shared tablet its
   * author's token; neither is part of it.
   */
  input: Schema
  run: (
    asked: Asked<Who extends 'anyone' ? null : Visitor, z.output<Schema>>,
  ) => Promise<Result<Value>>
}

const spoken = z.looseObject({
  locale: z.string().refine(isLocale),
  author: z.string().max(100).optional(),
})

/** An action can't send headers: the author comes with what the page sends. */
async function readActor({
  who,
  given,
  head,
}: {
  who: VisitorReader | ActorReader
  given: unknown
  head: Headers
}): Promise<Result<Visitor>> {
  if (typeof who === 'object') {
    const own = new Headers(head)
    const author: unknown = Object(given).author
    if (typeof author === 'string' && /^[\w-]{1,100}$/.test(author)) own.set(AUTHOR, author)
    else own.delete(AUTHOR)
    const request = new Request(env.APP_URL, { method: 'POST', headers: own })
    return who.read({ request, params: {} })
  }
  const visitor = await who(head)
  if (!visitor) return refuse('signed-out')
  if (visitor.awaitsPasskey) return refuse('passkey-needed')
  if (visitor.awaitsProof) return refuse('proof-needed', visitor.awaitsProof)
  return succeed(visitor)
}

async function act<Value>(
  { given, head }: { given: unknown; head: Headers },
  { who, input, run }: Options<ActionAsker, ZodType, Value>,
): Promise<Result<Value>> {
  // Next checks this too, but accepts a request that names no origin.
  if (!isOwnOrigin(head)) return refuse('foreign-origin')
  const actor = who === 'anyone' ? succeed(null) : await readActor({ who, given, head })
  if (!actor.ok) return actor
  const visitor = actor.value
  if (visitor) noteAsker(visitor.accountId)
  const said = spoken.safeParse(given)
  if (!said.success) return refuse('invalid', { fields: listInvalidFields(said.error) })
  const { locale, author: _, ...rest } = said.data
  const parsed = input.safeParse(rest)
  if (!parsed.success) return refuse('invalid', { fields: listInvalidFields(parsed.error) })
  // `Options` makes the types of `who` and `run` agree, which TypeScript can't see here.
  const asked = { who: visitor, input: parsed.data, locale: readLocale(locale) }
  return run({ ...asked, address: readTrustedAddress(head) } as Parameters<typeof run>[0])
}

function readLocale(locale: unknown): Locale {
  return isLocale(locale) ? locale : 'ko'
}

async function actInRequest<Value>(
  work: (head: Headers) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const head = await headers()
  const address = readTrustedAddress(head)
  const asked = { id: readRequestId(head), operation: 'action', address, accountId: null }
  return inRequest(asked, async () => {
    const result = await work(head).catch((error: unknown) => {
      // Next implements redirects and "not found" as exceptions that must reach it.
      unstable_rethrow(error)
      return refuseFailure(error)
    })
    if (!result.ok) noteRefusal(result)
    return result
  })
}

/**
 * The edge of every server action, as `apiRoute` is of every route: it reads the visitor from the
 * session, parses input once, returns refusals as values worded in the page's language, and tells
 * failures apart.
 */
export function serverAction<Who extends ActionAsker, Schema extends ZodType, Value = null>(
  options: Options<Who, Schema, Value>,
) {
  return async (
    given: z.input<Schema> & { locale: Locale; author?: string },
  ): Promise<ActionAnswer<Value>> => {
    const result = await actInRequest((head) =>
      act({ given, head }, options as Options<ActionAsker, Schema, Value>),
    )
    if (result.ok) return result
    const { body, retryAfterSeconds } = describeProblem({
      ...result,
      locale: readLocale(Object(given).locale),
    })
    return {
      ok: false,
      reason: result.reason,
      words: body.title,
      details: result.details ?? {},
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    }
  }
}
