import type { ServerResponse } from 'node:http'
import { onEachRequest } from '@/lib/http/raw-response'
import { routeTemplates } from './generated/route-templates'
import { metrics } from './metrics'
import { createRouteNamer } from './route-name'

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const CLASSES = ['aborted', '1xx', '2xx', '3xx', '4xx', '5xx']

/** The counts of one method of a route, looked up once: a request makes no labels. */
type Series = {
  observe: (seconds: number) => void
  byClass: (() => void)[]
}

const nameRoute = createRouteNamer(routeTemplates)
const series = new Map<string, Series>()

function seriesOf(method: string, route: string): Series {
  const key = `${method} ${route}`
  const known = series.get(key)
  if (known) return known
  const duration = metrics.durations.labels(method, route)
  const made = {
    observe: (seconds: number) => duration.observe(seconds),
    byClass: CLASSES.map((status) => {
      let child: { inc: () => void } | undefined
      return () => {
        child ??= metrics.requests.labels(method, route, status)
        child.inc()
      }
    }),
  }
  series.set(key, made)
  return made
}

function follow(response: ServerResponse): void {
  const { method = '', url = '' } = response.req
  const fromMs = performance.now()
  metrics.live.inFlight += 1
  response.once('close', () => {
    metrics.live.inFlight -= 1
    const { observe, byClass } = seriesOf(METHODS.has(method) ? method : 'other', nameRoute(url))
    const isWhole = response.writableFinished
    byClass[isWhole ? Math.floor(response.statusCode / 100) : 0]?.()
    // Nobody waited for the end of the others.
    if (isWhole) observe((performance.now() - fromMs) / 1000)
  })
}

/**
 * Counts every request once, be it answered by the framework, by what stands in front of it, or by the
 * door that refuses it. Once, when the process starts.
 */
export function countRequests(): void {
  onEachRequest(follow)
}
