import { z } from 'zod'
import { readLog } from '@/domain/proof/queries'
import { apiRoute, idOf } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

/** While the gate stands it grows; afterwards it is what it is. */
const KEEP = {
  growing: 'public, max-age=0, s-maxage=30, stale-while-revalidate=30',
  final: 'public, max-age=300, s-maxage=86400',
}

/** Next says itself how a body is packed and drops whatever a handler says, so it is unpacked here. */
function unpack(gzip: Buffer): ReadableStream {
  return new Blob([new Uint8Array(gzip)]).stream().pipeThrough(new DecompressionStream('gzip'))
}

export const GET = apiRoute({
  who: 'anyone',
  query: z.strictObject({}),
  answer: async ({ params, request }) => {
    const id = idOf(params.id)
    const log = id === null ? refuse('not-found') : await readLog(id)
    if (!log.ok) return log
    const { gzip, etag, isFinal } = log.value
    const headers = {
      'cache-control': isFinal ? KEEP.final : KEEP.growing,
      'content-type': 'application/json',
      etag,
    }
    const isKnown = request.headers.get('if-none-match')?.includes(etag)
    return new Response(isKnown ? null : unpack(gzip), { status: isKnown ? 304 : 200, headers })
  },
})
