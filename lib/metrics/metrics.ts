import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Seconds. A page or a booking takes a few hundredths; a statement gives up after two. */
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

type Registers = { registers: Registry[] }

const gauge = (registers: Registers, name: string, help: string, labelNames: string[] = []) =>
  new Gauge({ name, help, labelNames, ...registers })

const counter = <Label extends string>(
  registers: Registers,
  name: string,
  help: string,
  labelNames: Label[],
) => new Counter({ name, help, labelNames, ...registers })

/** What is asked of the process, and what it answers. */
const createRequestMetrics = (to: Registers) => ({
  requests: counter(
    to,
    'bobjool_http_requests_total',
    'Requests that ended, by route and class of status; aborted: the client left before the answer.',
    ['method', 'route', 'status'],
  ),
  durations: new Histogram({
    name: 'bobjool_http_request_duration_seconds',
    help: 'From a request’s head to the end of its answer.',
    labelNames: ['method', 'route'],
    buckets: DURATION_BUCKETS,
    ...to,
  }),
  inFlight: gauge(to, 'bobjool_http_requests_in_flight', 'Requests without an answer yet.'),
  refusals: counter(to, 'bobjool_refusals_total', 'Refusals that handlers and actions answered.', [
    'reason',
  ]),
  doorRefusals: counter(
    to,
    'bobjool_door_refused_total',
    'Requests that the door refused before anything of them was read.',
    ['class'],
  ),
})

/** What the process does with what is behind it. */
const createWorkMetrics = (to: Registers) => ({
  redisAnswers: counter(
    to,
    'bobjool_redis_answers_total',
    'Calls of Redis: answered, refused, no-answer within the budget, or skipped after several of these.',
    ['outcome'],
  ),
  troubles: counter(
    to,
    'bobjool_troubles_total',
    'What went wrong with a store or a service outside, while people were served without it.',
    ['kind'],
  ),
  rebuilds: counter(
    to,
    'bobjool_snapshot_rebuilds_total',
    'Snapshots that were built anew, or failed to be.',
    ['snapshot', 'outcome'],
  ),
  attempts: counter(
    to,
    'bobjool_notice_attempts_total',
    'Attempts to hand a notice on, by outcome; away: the server of its channel did not answer.',
    ['channel', 'outcome'],
  ),
  poolWaiting: gauge(
    to,
    'bobjool_postgres_pool_waiting',
    'Callers that wait for a connection to Postgres.',
  ),
  poolConnections: gauge(
    to,
    'bobjool_postgres_pool_connections',
    'Connections to Postgres, by whether they are in use.',
    ['state'],
  ),
})

const createProcessMetrics = (to: Registers) => ({
  eventLoopDelay: gauge(
    to,
    'bobjool_event_loop_delay_seconds',
    'How late the event loop was in the last ten seconds.',
    ['quantile'],
  ),
  residentMemory: gauge(to, 'bobjool_resident_memory_bytes', 'Memory that the process holds.'),
  heapUsed: gauge(to, 'bobjool_heap_used_bytes', 'Memory in use by JavaScript.'),
  startedAt: gauge(to, 'bobjool_process_start_time_seconds', 'When the process started.'),
  info: gauge(to, 'bobjool_info', 'The running release.', ['version']),
})

/**
 * Everything that a process counts of itself. Labels are of closed lists: reasons, classes, routes by
 * their template; never a name, an id or an address.
 */
function createMetrics() {
  const registry = new Registry()
  const to = { registers: [registry] }
  return {
    registry,
    /** Counted for every request, and so a number. */
    live: { inFlight: 0 },
    ...createRequestMetrics(to),
    ...createWorkMetrics(to),
    ...createProcessMetrics(to),
  }
}

// One per process, however many bundles carry a copy of this file.
const held = globalThis as typeof globalThis & {
  bobjoolMetrics?: ReturnType<typeof createMetrics>
}
held.bobjoolMetrics ??= createMetrics()

export const metrics = held.bobjoolMetrics

type Kept = { inc: () => void }

/** Counts by one label whose values are few; each value's count is looked up once. */
function keepByLabel(counter: Counter<string>): (value: string) => void {
  const kept = new Map<string, Kept>()
  return (value) => {
    const known = kept.get(value) ?? counter.labels(value)
    kept.set(value, known)
    known.inc()
  }
}

export const countRefusal: (reason: string) => void = keepByLabel(metrics.refusals)
export const countRedisAnswer: (outcome: 'answered' | 'refused' | 'no-answer' | 'skipped') => void =
  keepByLabel(metrics.redisAnswers)
export const countDoorRefusal: (kind: string) => void = keepByLabel(metrics.doorRefusals)

/** A series that begins with its first count would hide that one from `increase`. */
export function beginAttempts(channels: readonly string[], outcomes: readonly string[]): void {
  for (const channel of channels)
    for (const outcome of outcomes) metrics.attempts.inc({ channel, outcome }, 0)
}

export function countAttempt(channel: string, outcome: string): void {
  metrics.attempts.inc({ channel, outcome })
}

export function countRebuild(snapshot: string, outcome: 'built' | 'failed'): void {
  metrics.rebuilds.inc({ snapshot, outcome })
}
