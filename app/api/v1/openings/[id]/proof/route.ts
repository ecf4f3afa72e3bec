import { z } from 'zod'
import { readLog, unpackLog } from '@/domain/board/proof/queries'
import { apiRoute, idOf } from '@/lib/api'
import { refuse } from '@/lib/result'

/** While the gate stands it grows; afterwards it is what it is. */
const KEEP = {
  growing: 'public, max-age=0, s-maxage=30, stale-while-revalidate=30',
  final: 'public, max-age=300, s-maxage=86400',
}

export const GET = apiRoute({
  who: 'anyone',
  query: z.strictObject({}),
  answer: async ({ params, request }) => {
    const id = idOf(params.id)
    const log = id === null ? refuse('not-found') : await readLog(id)
    if (!log.ok) return log
    const { gzip, etag, isFinal } = log.value
    const headers = new Headers({
      'cache-control': isFinal ? KEEP.final : KEEP.growing,
      'content-type': 'application/json',
      vary: 'accept-encoding',
      etag,
    })
    if (request.headers.get('if-none-match')?.includes(etag))
      return new Response(null, { status: 304, headers })
    const takesGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
    if (takesGzip) headers.set('content-encoding', 'gzip')
    const body = takesGzip ? gzip : await unpackLog(gzip)
    return new Response(new Uint8Array(body), { headers })
  },
})
