import { createHash } from 'node:crypto'
import type { ApiRequest } from './api-request'
import { chooseCoding, createPackedBody, type PackedBody } from './packed-body'
import { declareBody } from './raw-response'
import { respond } from './respond'

const SHARED = 'public, max-age=0, s-maxage=1, stale-while-revalidate=1'

/** By weak comparison (RFC 9110, 13.1.2): packed or not, it is the same content. */
export function isKnownTag({ request, etag }: { request: ApiRequest; etag: string }): boolean {
  const known = request.headers.get('if-none-match')
  if (known === null) return false
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  return known.trim() === '*' || known.split(',').some((tag) => opaque(tag) === opaque(etag))
}

/** In the coding that the client likes best, where it can be said which one that is. */
async function sendPacked({
  request,
  packed: { bytes, pack },
}: {
  request: ApiRequest
  packed: PackedBody
}): Promise<Buffer> {
  const coding = chooseCoding({ accepted: request.headers.get('accept-encoding') })
  const packed = coding && (await pack(coding))
  if (packed && declareBody({ coding, length: packed.length })) return packed
  declareBody({ coding: null, length: bytes.length })
  return bytes
}

/**
 * The same bytes for everyone, packed once and sent as they are: shared caches keep them for a
 * second and go on serving them while they revalidate. No cookie, and `Vary` only on the encoding.
 */
export async function snapshotResponse({
  request,
  snapshot: { packed, etag },
}: {
  request: ApiRequest
  snapshot: { packed: PackedBody; etag: string }
}): Promise<Response> {
  const headers = {
    'cache-control': SHARED,
    'content-type': 'application/json',
    etag,
    vary: 'Accept-Encoding',
  }
  if (isKnownTag({ request, etag })) return respond(null, { status: 304, headers })
  return respond(new Uint8Array(await sendPacked({ request, packed })), { headers })
}

/** `snapshotResponse` for a value that this request has read itself. */
export function sharedResponse({
  request,
  value,
}: {
  request: ApiRequest
  value: unknown
}): Promise<Response> {
  const packed = createPackedBody(JSON.stringify(value))
  const hash = createHash('sha256').update(packed.bytes).digest('base64url')
  return snapshotResponse({ request, snapshot: { packed, etag: `W/"${hash}"` } })
}
