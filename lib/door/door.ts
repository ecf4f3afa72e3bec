import type { IncomingMessage, ServerResponse } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { countWaiting } from '@/lib/db/database'
import { noteRefusedEntry } from '@/lib/entry-load'
import { env } from '@/lib/env'
import { serveDirectly } from '@/lib/http/direct'
import { interceptRequests } from '@/lib/http/listener'
import { answerLive } from '@/lib/http/live'
import { log } from '@/lib/log'
import { countDoorRefusal } from '@/lib/metrics/metrics'
import {
  adaptLimit,
  isRefusedAt,
  judgeLevel,
  measurePressure,
  spreadRetrySeconds,
} from './admission.rules'
import { answerBusy } from './refusal'
import { classifyRequest, isOpeningEntry, type RequestClass } from './request-class.rules'
import { holdsTurn } from './turn'

const TICK_MS = 10
const LOOK_EVERY_MS = 500
/** One long pause is a page that is compiled; a loop that is late again and again has a queue. */
const LEAST_TICKS = 3
const REPORT_EVERY_MS = 10_000

/** The least delay since the last look: what every request met. */
function watchEventLoop(): () => number {
  const ticks = monitorEventLoopDelay({ resolution: TICK_MS })
  ticks.enable()
  let delayMs = 0
  setInterval(() => {
    if (ticks.count < LEAST_TICKS) return
    delayMs = Math.max(0, ticks.min / 1e6 - TICK_MS)
    ticks.reset()
  }, LOOK_EVERY_MS).unref()
  return () => delayMs
}

type Exchange = { request: IncomingMessage; response: ServerResponse }

/**
 * A body that has not come yet, or an answer that a client is slow to fetch, is no work: connections
 * that are only held open can't shut the door.
 */
function countWorkedOn(exchanges: Iterable<Exchange>): number {
  let count = 0
  for (const { request, response } of exchanges)
    if (request.complete && !response.writableEnded) count += 1
  return count
}

function follow(exchange: Exchange, among: Set<Exchange>): true {
  among.add(exchange)
  exchange.response.once('close', () => among.delete(exchange))
  return true
}

/** How many requests the process can work on and still answer in time, anew every half second. */
function watchAnswers() {
  const most = env.DOOR_MOST_IN_FLIGHT
  const targetMs = env.DOOR_MOST_DELAY_MS
  let limit = most
  let tookMs: number[] = []
  setInterval(() => {
    limit = adaptLimit({ limit, most, tookMs, targetMs })
    tookMs = []
  }, LOOK_EVERY_MS).unref()
  const time = ({ response }: Exchange) => {
    const fromMs = performance.now()
    response.once('finish', () => tookMs.push(performance.now() - fromMs))
  }
  return { time, readLimit: () => limit }
}

/**
 * Refuses what this process could only keep waiting, before anything of it is parsed: by class, and
 * at a tenth of what a refusal inside the framework costs.
 */
class Door {
  readonly #answers = watchAnswers()
  readonly #readDelayMs = watchEventLoop()
  readonly #open = new Set<Exchange>()
  readonly #signIns = new Set<Exchange>()
  #level = 0
  #refused: Partial<Record<RequestClass, number>> = {}

  constructor() {
    setInterval(() => this.#report(), REPORT_EVERY_MS).unref()
  }

  /** False: it was refused, and is answered. */
  readonly admit = (exchange: Exchange): boolean => {
    const { method = '', url = '', headers } = exchange.request
    this.#level = judgeLevel({ level: this.#level, pressure: this.#measure() })
    // A turn is looked at only where it decides.
    const isTight = isRefusedAt({ level: this.#level, rank: 'booking' })
    const kind = classifyRequest({ method, url, holdsTurn: () => isTight && holdsTurn(headers) })
    if (kind === 'spared') return true
    if (kind === 'sign-in') {
      const isFull = this.#signIns.size >= env.DOOR_MOST_SIGN_INS
      const isCrowded = isFull && countWorkedOn(this.#signIns) >= env.DOOR_MOST_SIGN_INS
      return isCrowded ? this.#refuse({ exchange, kind }) : follow(exchange, this.#signIns)
    }
    const isRefused = isRefusedAt({ level: this.#level, rank: kind })
    if (isRefused) return this.#refuse({ exchange, kind })
    this.#answers.time(exchange)
    return follow(exchange, this.#open)
  }

  #measure(): number {
    const readings = {
      inFlight: this.#open.size,
      waiting: countWaiting(),
      delayMs: this.#readDelayMs(),
    }
    const limits = {
      inFlight: this.#answers.readLimit(),
      waiting: env.DATABASE_MAX_WAITING,
      delayMs: env.DOOR_MOST_DELAY_MS,
    }
    const pressure = measurePressure(readings, limits)
    // Nearly always the count of all says enough.
    if (judgeLevel({ level: this.#level, pressure }) === 0) return pressure
    return measurePressure({ ...readings, inFlight: countWorkedOn(this.#open) }, limits)
  }

  #refuse({ exchange, kind }: { exchange: Exchange; kind: RequestClass }): false {
    this.#refused[kind] = (this.#refused[kind] ?? 0) + 1
    countDoorRefusal(kind)
    if (kind === 'entry' && isOpeningEntry(exchange.request.url ?? '')) noteRefusedEntry()
    const seconds = spreadRetrySeconds({ level: this.#level, random: Math.random() })
    answerBusy({ ...exchange, seconds })
    return false
  }

  #report(): void {
    if (Object.keys(this.#refused).length === 0) return
    log.warn({ refused: this.#refused, inFlight: this.#open.size }, 'the door refused requests')
    this.#refused = {}
  }
}

/** Once, when a process starts that serves by a listener of its own. */
export function openDoor(): void {
  interceptRequests({
    answerAtOnce: answerLive,
    admit: env.DOOR_MOST_IN_FLIGHT > 0 ? new Door().admit : () => true,
    serve: env.SERVE_DIRECTLY ? serveDirectly : () => false,
  })
}
