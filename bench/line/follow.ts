import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { lineSnapshot } from '@/domain/line/schema'
import { makeDice } from '@/domain/opening/crowd.rules'
import type { FrontProcess } from '@/local/front/process'
import { compareClocks } from '../replay/fixture'
import { Wire } from '../replay/wire'
import { type AskedOfLine, checkLine, type LineFinding } from './check'
import { churnLine, type Holder } from './churn'
import { type Joiner, joinLine } from './joiner'
import { findWrongSightings, type Sighting } from './sightings'
import { readLineTruth } from './truth'

/** What the phones run on; the caller starts and stops it. */
export interface LineEnvironment {
  pool: Pool
  front: FrontProcess
  /**
   * The processes behind the front: acts go to them directly, so that the front counts only polls.
   */
  origins: string[]
  restaurantId: string
  /** Diners with confirmed addresses: the first join at once, the rest while the phones poll. */
  joiners: Joiner[]
}

export interface FollowPlan {
  phones: number
  /** Parties in line; a party's phones share its number. */
  parties: number
  forMs: number
  actsPerSecond: number
  /** All phones together poll no more often than this, however short their pace. */
  pollsPerSecond: number
  seed: number
}

export interface Followed {
  findings: LineFinding[]
  /** Places shown that were wrong for two polls. */
  wrong: Sighting[]
  sightings: number
  acts: number
  polls: number
  /** Answered with anything but 200 or 304. */
  failedPolls: number
  /**
   * Requests that the front passed to the processes while phones polled: no rebuild without one.
   */
  reached: number
  seconds: number
}

const POLL_CONNECTIONS = 64
const ACT_CONNECTIONS = 32

/** Fills a line, lets every phone follow it while it moves, and checks what they were shown. */
export async function followLine({
  environment,
  plan,
}: {
  environment: LineEnvironment
  plan: FollowPlan
}): Promise<Followed> {
  const { pool, front, origins, restaurantId, joiners } = environment
  const roll = makeDice(plan.seed)
  const aheadMs = await compareClocks(pool)
  const nowMs = () => performance.now() + aheadMs
  const acts = origins.map((url) => new Wire({ urls: [url], most: ACT_CONNECTIONS }))
  const polls = new Wire({ urls: front.urls, most: POLL_CONNECTIONS })
  const asked: AskedOfLine[] = []
  const note = (one: AskedOfLine) => void asked.push(one)
  const pick = () => acts[Math.floor(roll() * acts.length)] ?? polls
  const join = async (joiner: Joiner): Promise<Holder | null> => {
    const taken = await joinLine({ wire: pick(), restaurantId, joiner, note })
    return taken && { ...joiner, ...taken }
  }
  const joined = await Promise.all(joiners.slice(0, plan.parties).map(join))
  const holders = joined.filter((holder) => holder !== null)
  const before = await front.readCounts()
  const beganMs = nowMs()
  const isOver = () => nowMs() > beganMs + plan.forMs
  const crowd = followAll({ polls, restaurantId, plan, holders: [...holders], roll, nowMs, isOver })
  await churnLine({
    ...plan,
    holders,
    joiners: joiners.slice(plan.parties),
    join,
    pick,
    roll,
    note,
    isOver,
  })
  const { sightings, ...counts } = await crowd
  const seconds = (nowMs() - beganMs) / 1000
  const after = await front.readCounts()
  for (const wire of [...acts, polls]) wire.close()
  const truth = await readLineTruth({ pool, restaurantId })
  return {
    findings: checkLine({ asked, truth }),
    wrong: findWrongSightings({ truth, sightings }),
    sightings: sightings.length,
    acts: truth.acts.length - plan.parties,
    ...counts,
    reached: after.fromOrigin - before.fromOrigin,
    seconds,
  }
}

interface Shown {
  places: Map<number, number>
  pollAfterMs: number
}

/** Every phone as the page does it: polls when told to, with the ETag it has. */
async function followAll({
  polls,
  restaurantId,
  plan: { phones, pollsPerSecond },
  holders,
  roll,
  nowMs,
  isOver,
}: {
  polls: Wire
  restaurantId: string
  plan: FollowPlan
  holders: Holder[]
  roll: () => number
  nowMs: () => number
  isOver: () => boolean
}): Promise<{ sightings: Sighting[]; polls: number; failedPolls: number }> {
  const leastPollMs = (phones / pollsPerSecond) * 1000
  const path = `/api/v1/restaurants/${restaurantId}/line`
  const sightings: Sighting[] = []
  const counts = { polls: 0, failedPolls: 0 }
  const read = readOnce()
  const follow = async (number: number) => {
    let sinceMs: number | null = null
    let etag = ''
    let shown: Shown | null = null
    await sleep(roll() * Math.max(leastPollMs, 1_000))
    while (!isOver()) {
      const startMs = nowMs()
      const headers: Record<string, string> = etag ? { 'if-none-match': etag } : {}
      const answer = await polls.ask({ method: 'GET', path, headers })
      counts.polls += 1
      if (answer.status === 200) {
        shown = read(answer.body)
        etag = answer.etag
      } else if (answer.status !== 304) counts.failedPolls += 1
      if (shown && sinceMs !== null)
        sightings.push({
          number,
          place: shown.places.get(number) ?? null,
          sinceMs,
          untilMs: nowMs(),
        })
      sinceMs = startMs
      await sleep(Math.max(leastPollMs, shown?.pollAfterMs ?? 0) * (1 + roll() / 4))
    }
  }
  await Promise.all(
    Array.from({ length: phones }, (_, phone) =>
      follow(holders[phone % holders.length]?.number ?? 0),
    ),
  )
  return { sightings, ...counts }
}

/** A phone parses its answer; here it is parsed once for all phones that get the same bytes. */
function readOnce(): (body: string) => Shown {
  let last: { body: string; shown: Shown } | null = null
  return (body) => {
    if (last?.body === body) return last.shown
    const { tickets, pollAfterMs } = lineSnapshot.parse(JSON.parse(body))
    const places = new Map(tickets.map(({ number }, index) => [number, index + 1]))
    last = { body, shown: { places, pollAfterMs } }
    return last.shown
  }
}
