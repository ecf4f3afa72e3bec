import { monitorEventLoopDelay } from 'node:perf_hooks'
import { pool } from '@/lib/db/database'
import { countTroubles, troubleKinds } from '@/lib/trouble'
import { version } from '@/package.json'
import { metrics } from './metrics'

const TICK_MS = 10
const LOOK_EVERY_MS = 10_000
const QUANTILES = { '0.5': 50, '0.99': 99, '1': 100 }

const { eventLoopDelay } = metrics

/** Watches how late the event loop is, anew every ten seconds. Once, when the process starts. */
export function watchEventLoopDelay(): void {
  const ticks = monitorEventLoopDelay({ resolution: TICK_MS })
  ticks.enable()
  const look = () => {
    for (const [quantile, percent] of Object.entries(QUANTILES)) {
      const lateMs = ticks.count > 0 ? ticks.percentile(percent) / 1e6 - TICK_MS : 0
      eventLoopDelay.set({ quantile }, Math.max(0, lateMs) / 1000)
    }
    ticks.reset()
  }
  look()
  setInterval(look, LOOK_EVERY_MS).unref()
}

/** A kind that never came is 0, because `increase` does not see a series begin. */
function measureTroubles(): void {
  const counted = countTroubles()
  metrics.troubles.reset()
  for (const kind of troubleKinds) metrics.troubles.inc({ kind }, counted[kind] ?? 0)
}

/** Reads what the process knows of itself at this instant. */
function measure(): void {
  const { rss, heapUsed } = process.memoryUsage()
  metrics.residentMemory.set(rss)
  metrics.heapUsed.set(heapUsed)
  metrics.startedAt.set(Math.floor(performance.timeOrigin / 1000))
  metrics.info.set({ version }, 1)
  measureTroubles()
  metrics.inFlight.set(metrics.live.inFlight)
  metrics.poolWaiting.set(pool.waitingCount)
  metrics.poolConnections.set({ state: 'idle' }, pool.idleCount)
  metrics.poolConnections.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
}

/** The process's own metrics, as Prometheus reads them. */
export function writeProcessMetrics(): Promise<string> {
  measure()
  return metrics.registry.metrics()
}
