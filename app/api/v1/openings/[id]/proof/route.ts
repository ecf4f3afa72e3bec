import { z } from 'zod'
import { readLog } from '@/domain/proof/queries'
import { givenTurn, openingLog, slotTaken } from '@/domain/proof/schema'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { chooseCoding } from '@/lib/http/packed-body'
import { declareBody } from '@/lib/http/raw-response'
import { isKnownTag } from '@/lib/http/snapshot-response'

/** The proof grows with turns while the gate is up, then slowly, and stays once the day is over. */
const KEEP = {
  growing: 'public, max-age=0, s-maxage=30, stale-while-revalidate=30',
  settled: 'public, max-age=0, s-maxage=300, stale-while-revalidate=300',
  final: 'public, max-age=300, s-maxage=86400',
}

/** For clients that don't take it packed. */
function unpack(gzip: Buffer): ReadableStream {
  return new Blob([new Uint8Array(gzip)]).stream().pipeThrough(new DecompressionStream('gzip'))
}

export const GET = apiRoute({
  operationId: 'readOpeningLog',
  summary: 'After the draw: all that anybody needs to check it. Without names, the same for all.',
  who: 'anyone',
  params: idParams,
  query: z.strictObject({}),
  answers: {
    200: named('OpeningLog', openingLog, { GivenTurn: givenTurn, SlotTaken: slotTaken }),
  },
  sorted: {
    cohorts: 'by cohort',
    rates: 'by fromAt',
    receiptKeys: 'as they came into use, the present one first',
    slots: 'by startsAt, then by tableNumber and id',
    entries: 'by id',
    numbered: 'by number',
    late: 'by cohort, then by entry; those of none last',
    turns: 'by givenAt, then by entry',
    bookings: 'by takenAt, then by slot',
  },
  refusals: ['not-found', 'not-open-yet'],
  answer: async ({ params, request }) => {
    const log = await readLog(params.id)
    if (!log.ok) return log
    const { gzip, etag, stage } = log.value
    const headers = {
      'cache-control': KEEP[stage],
      'content-type': 'application/json',
      etag,
      vary: 'Accept-Encoding',
    }
    if (isKnownTag({ request, etag })) return new Response(null, { status: 304, headers })
    const accepted = request.headers.get('accept-encoding')
    const coding = chooseCoding({ accepted, from: ['gzip'] })
    const isPacked = coding !== null && declareBody({ coding, length: gzip.length })
    return new Response(isPacked ? new Uint8Array(gzip) : unpack(gzip), { headers })
  },
})
