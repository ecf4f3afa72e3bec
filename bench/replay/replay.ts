import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { makeDice } from '@/domain/opening/crowd.rules'
import type { FrontProcess } from '@/local/front/process'
import { readBearer } from './bearer'
import { type Course, checkCourse, type Finding } from './check'
import { type CrowdPlan, type Phone, planCrowd } from './crowd'
import { Diner } from './diner'
import { compareClocks, countUnsent, createFixture, type Fixture, readRows } from './fixture'
import { History } from './history'
import type { SharedState } from './shared-state'
import { OpeningWatch, type SeenOpening } from './snapshots'
import { Wire } from './wire'

/** What a replay runs on; the caller starts and stops it. */
export interface ReplayEnvironment {
  pool: Pool
  front: FrontProcess
  /** Bearer tokens of diners with confirmed addresses, one each. */
  tokens: string[]
  listMails: () => Course['mails']
  /** Makes the outbox go on, as a timer would. */
  sweep: (fixture: Fixture) => Promise<void>
}

export interface ReplayPlan extends CrowdPlan {
  turnsPerSecond: number
  beacon: 'local' | null
  /**
   * All phones together poll no more often than this; asking for more than their pace changes
   * nothing.
   */
  pollsPerSecond: number
  /** When the replay is ended; diners without an answer by then stay without. */
  mostMs: number
  /** Happens once that much of the crowd has arrived. */
  faults: { when: (progress: Progress) => boolean; happen: () => Promise<void> }[]
}

export interface Progress {
  /** From the opening; negative: before it. */
  ms: number
  arrived: number
  diners: number
  entered: number
  turns: number
  booked: number
  ended: number
  shed: number
  polls: number
}

export interface Replayed {
  course: Course
  phones: Phone[]
  findings: Finding[]
  fixture: Fixture
  counts: { polls: number; front: Awaited<ReturnType<FrontProcess['readCounts']>> }
  /** Instants by the database's clock. */
  beganMs: number
  endedMs: number
  /** How late the latest arrival was: if large, the crowd was slower than planned. */
  worstLateMs: number
}

const POLL_CONNECTIONS = 500
const LOOK_CONNECTIONS = 500
const ENTRY_CONNECTIONS = 2_000
const ACT_CONNECTIONS = 500
/** Between making the fixture and the first arrival. */
const LEAD_MS = 1_000
const NOTICES_WITHIN_MS = 60_000

/** Real phones have a connection each. */
const openWires = (urls: string[]) => ({
  polls: new Wire({ urls, most: POLL_CONNECTIONS }),
  looks: new Wire({ urls, most: LOOK_CONNECTIONS }),
  entries: new Wire({ urls, most: ENTRY_CONNECTIONS }),
  acts: new Wire({ urls, most: ACT_CONNECTIONS }),
})

/** One opening from its first arrival to its last notice, and the checker's findings. */
export async function runReplay({
  environment,
  plan,
  report,
}: {
  environment: ReplayEnvironment
  plan: ReplayPlan
  report: (progress: Progress) => void
}): Promise<Replayed> {
  const { pool, front, tokens } = environment
  const phones = planCrowd(plan)
  const aheadMs = await compareClocks(pool)
  const nowMs = () => performance.now() + aheadMs
  const frontBefore = await front.readCounts()
  const { turnsPerSecond, beacon, lobbyMs } = plan
  const opensInMs = lobbyMs + LEAD_MS
  const wires = openWires(front.urls)
  await Promise.all(Object.values(wires).map((wire) => wire.open()))
  const fixture = await createFixture({ pool, opensInMs, turnsPerSecond, beacon })
  const opensMs = nowMs() + opensInMs
  const history = new History(plan.diners)
  const counts = { polls: 0 }
  const shared: SharedState = {
    ...fixture,
    ...wires,
    history,
    nowMs,
    counts,
    roll: makeDice(plan.seed + 1),
    leastPollMs: (plan.diners / plan.pollsPerSecond) * 1000,
    isOver: () => nowMs() > opensMs + plan.mostMs,
  }
  const arrivals = { count: 0, worstLateMs: 0 }
  const readProgress = (): Progress => ({
    ms: nowMs() - opensMs,
    arrived: arrivals.count,
    diners: plan.diners,
    polls: counts.polls,
    ...history.counts,
  })
  const watcher = watch({ plan, readProgress, report })
  await letArrive({ shared, phones, tokens, opensMs, arrivals })
  const endedMs = nowMs()
  await watcher.stop()
  await deliverNotices({ environment, fixture })
  const opening = await readEnd(shared)
  for (const wire of Object.values(wires)) wire.close()
  const truth = { opening, ...(await readRows({ pool, fixture })) }
  const course: Course = {
    diners: tokens.slice(0, plan.diners).map(readBearer),
    asked: history.asked,
    endings: history.endings,
    mails: environment.listMails(),
    truth,
  }
  const frontAfter = await front.readCounts()
  return {
    course,
    phones,
    findings: checkCourse(course),
    fixture,
    endedMs,
    ...arrivals,
    beganMs: opensMs + (phones[0]?.arrivesMs ?? 0),
    counts: { polls: counts.polls, front: subtract(frontAfter, frontBefore) },
  }
}

/**
 * Every diner arrives as planned, whatever became of earlier ones; settles when all have their
 * outcome.
 */
async function letArrive({
  shared,
  phones,
  tokens,
  opensMs,
  arrivals,
}: {
  shared: SharedState
  phones: Phone[]
  tokens: string[]
  opensMs: number
  arrivals: { count: number; worstLateMs: number }
}): Promise<void> {
  const { history, nowMs } = shared
  const attend = async ({ diner, phone }: { diner: number; phone: Phone }) => {
    const token = tokens[diner]
    if (!token) throw new Error('there are fewer diners than were planned')
    const ending = await new Diner({ shared, diner, token, phone }).attend()
    if (ending) history.end({ diner, ending, atMs: nowMs() })
  }
  const attending: Promise<void>[] = []
  for (const [diner, phone] of phones.entries()) {
    const dueInMs = opensMs + phone.arrivesMs - nowMs()
    if (dueInMs > 1) await sleep(dueInMs)
    arrivals.worstLateMs = Math.max(arrivals.worstLateMs, -dueInMs)
    arrivals.count += 1
    attending.push(attend({ diner, phone }))
  }
  await Promise.all(attending)
}

/** Reports progress, and triggers what is to happen in the middle. */
function watch({
  plan,
  readProgress,
  report,
}: {
  plan: ReplayPlan
  readProgress: () => Progress
  report: (progress: Progress) => void
}) {
  const faults = [...plan.faults]
  const happening: Promise<void>[] = []
  const timer = setInterval(() => {
    const progress = readProgress()
    report(progress)
    for (const fault of faults.filter(({ when }) => when(progress))) {
      faults.splice(faults.indexOf(fault), 1)
      happening.push(fault.happen())
    }
  }, 50)
  return {
    stop: async () => {
      clearInterval(timer)
      await Promise.all(happening)
      if (faults.length > 0) throw new Error('a fault that was planned never came')
    },
  }
}

async function deliverNotices({
  environment,
  fixture,
}: {
  environment: ReplayEnvironment
  fixture: Fixture
}): Promise<void> {
  const giveUpMs = performance.now() + NOTICES_WITHIN_MS
  while (
    (await countUnsent({ pool: environment.pool, fixture })) > 0 &&
    performance.now() < giveUpMs
  ) {
    await environment.sweep(fixture)
    await sleep(100)
  }
}

/** The opening as the public reads it afterwards. */
async function readEnd(shared: SharedState): Promise<SeenOpening> {
  const watch = new OpeningWatch({ shared, diner: -1 })
  for (let tries = 0; tries < 20; tries += 1) {
    const seen = await watch.look()
    if (seen?.drawnAt) return seen
    await sleep(500)
  }
  throw new Error('the opening was never drawn')
}

type FrontCounts = Replayed['counts']['front']
function subtract(after: FrontCounts, before: FrontCounts): FrontCounts {
  const { fromCache, unchanged, fromOrigin, byOrigin } = after
  return {
    fromCache: fromCache - before.fromCache,
    unchanged: unchanged - before.unchanged,
    fromOrigin: fromOrigin - before.fromOrigin,
    byOrigin: Object.fromEntries(
      Object.entries(byOrigin).map(([url, count]) => [url, count - (before.byOrigin[url] ?? 0)]),
    ),
  }
}
