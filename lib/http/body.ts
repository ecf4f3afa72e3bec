import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { ApiRequest } from './api-request'

/** Larger than any legitimate request to this API. */
export const MOST_BODY_BYTES = 16 * 1024

/** The raw body. Null: longer than `mostBytes`, and not read to its end. */
export async function readBytes(request: ApiRequest, mostBytes: number): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) return null
  const reader = request.body?.getReader()
  if (!reader) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done || !value) return Buffer.concat(chunks)
    bytes += value.byteLength
    if (bytes > mostBytes) {
      await reader.cancel()
      return null
    }
    chunks.push(value)
  }
}

/** The same as text. */
export async function readText(
  request: ApiRequest,
  mostBytes = MOST_BODY_BYTES,
): Promise<string | null> {
  return (await readBytes(request, mostBytes))?.toString('utf8') ?? null
}

class HostileKey extends Error {}

/** Postgres can't store NUL, and `__proto__` has no honest use. */
function refuseHostile(key: string, value: unknown): unknown {
  if (key === '__proto__' || (typeof value === 'string' && value.includes('\u0000')))
    throw new HostileKey(key)
  return value
}

/**
 * The JSON body of a request, with its size limited before it is read and without hostile content.
 */
export async function readJson(
  request: ApiRequest,
): Promise<Result<unknown, 'too-large' | 'not-json' | 'invalid-json' | 'invalid'>> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? ''))
    return refuse('not-json')
  const text = await readText(request)
  return text === null ? refuse('too-large') : readJsonText(text)
}

/** An empty body, where a request may leave it out. Refuses `not-json` for any other. */
export async function readNothing(
  request: ApiRequest,
): Promise<Result<Record<string, never>, 'not-json'>> {
  return (await readText(request)) === '' ? succeed({}) : refuse('not-json')
}

/** Parses JSON and refuses hostile content. */
export function readJsonText(text: string): Result<unknown, 'invalid-json' | 'invalid'> {
  try {
    return succeed(JSON.parse(text, refuseHostile))
  } catch (error) {
    if (error instanceof HostileKey)
      return refuse('invalid', { fields: [{ field: error.message, code: 'not_allowed' }] })
    return refuse('invalid-json')
  }
}
