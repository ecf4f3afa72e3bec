import { readService } from '@/domain/admin/metrics.queries'
import { serviceGauges } from '@/domain/admin/metrics.rules'
import { env } from '@/lib/env'
import { apiRoute } from '@/lib/http/api'
import { carriesBearer } from '@/lib/http/bearer'
import { writeGauges } from '@/lib/metrics/gauges'
import { writeProcessMetrics } from '@/lib/metrics/process'
import { refuse } from '@/lib/problems/result'
import { GET as answerUnknown } from '../[[...unknown]]/route'

/** Without the token it can't be told from an address that leads nowhere. */
export const GET = apiRoute({
  operationId: 'readMetrics',
  summary: 'With the scraper’s token: metrics of the service and of this process, for Prometheus',
  who: 'anyone',
  answers: { 200: null },
  refusals: ['not-found'],
  answer: async ({ request }) => {
    if (!carriesBearer(request.headers, env.METRICS_TOKEN)) return refuse('not-found')
    const service = await writeGauges(serviceGauges, await readService())
    return new Response(`${service}${await writeProcessMetrics()}`, {
      headers: {
        'content-type': 'text/plain; version=0.0.4; charset=utf-8',
        'cache-control': 'no-store',
      },
    })
  },
})

export const POST = answerUnknown
export const PUT = answerUnknown
export const PATCH = answerUnknown
export const DELETE = answerUnknown
