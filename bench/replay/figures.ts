import { type CpuTimes, sumCpu } from '../cpu/meter'
import { percentile } from '../statistics'
import type { Finding } from './check'
import type { Act } from './history'
import type { Replayed } from './replay'
import { countMostOfCalm } from './tally'

/** The framework alone: requests a second, and CPU of the servers for one, in milliseconds. */
export type B0 = { perSecond: number; cpuMs: number }

export type Figures = ReturnType<typeof summarise>

/** What a replay showed, in numbers. */
export function summarise({
  replayed,
  cpuMs,
  b0,
}: {
  replayed: Replayed
  cpuMs: CpuTimes
  b0: B0
}) {
  const { course, findings, phones, counts, beganMs, endedMs, worstLateMs } = replayed
  const { truth, endings, asked } = course
  const opensMs = Date.parse(truth.opening.opensAt)
  const lastSoldMs = Math.max(opensMs, ...truth.reservations.map(({ createdMs }) => createdMs))
  const seconds = (fromMs: number, toMs: number) => Math.round((toMs - fromMs) / 100) / 10
  const { fromOrigin } = counts.front
  const totalSeconds = seconds(beganMs, endedMs)
  return {
    diners: phones.length,
    inLobby: truth.opening.waiting,
    entries: truth.entries.length,
    seats: { all: truth.seats, sold: truth.reservations.length },
    endings: countBy(endings.map((one) => one?.ending ?? 'none')),
    found: countKinds(findings),
    examples: findings.slice(0, 20),
    answers: countBy(asked.map(({ act, status, reason }) => `${act} ${status} ${reason}`.trim())),
    mostOfCalm: countMostOfCalm(replayed),
    latencies: Object.fromEntries(
      (['enter', 'return', 'turn', 'book'] as const).map((act) => [act, measure({ asked, act })]),
    ),
    entering: measureEntering(replayed),
    polls: counts.polls,
    front: counts.front,
    arrivals: {
      busiestSecond: findBusiestSecond(phones.map(({ arrivesMs }) => arrivesMs)),
      worstLateMs: Math.round(worstLateMs),
    },
    lobbySeconds: seconds(beganMs, opensMs),
    drawnSeconds: drawnAfter(replayed),
    soldOutSeconds: seconds(opensMs, lastSoldMs),
    everybodyKnewSeconds: seconds(opensMs, endedMs),
    totalSeconds,
    b0PerSecond: Math.round(b0.perSecond),
    timesB0: Math.round((totalSeconds / (fromOrigin / b0.perSecond)) * 100) / 100,
    cpuMs,
    b0CpuMs: b0.cpuMs,
    timesB0Cpu: Math.round((sumCpu(cpuMs) / (fromOrigin * b0.cpuMs)) * 100) / 100,
  }
}

function drawnAfter({ course: { truth } }: Replayed): number {
  const { drawnAt, opensAt } = truth.opening
  return drawnAt === null ? Number.NaN : (Date.parse(drawnAt) - Date.parse(opensAt)) / 1000
}

/** From when it should have been asked to its final answer. */
function measure({ asked, act }: { asked: Replayed['course']['asked']; act: Act }) {
  const sorted = asked
    .filter((one) => one.act === act && ![0, 429, 503].includes(one.status))
    .map(({ dueMs, endMs }) => endMs - dueMs)
    .sort((one, other) => one - other)
  const at = (share: number) => Math.round(percentile({ sorted, share }))
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1) }
}

/** Of those who behave: from the instant that each phone planned; and who came in time and was late. */
function measureEntering({ course, phones }: Replayed) {
  const { asked, diners, truth } = course
  const behaves = asked.filter(({ diner }) => phones[diner]?.manner !== 'bot')
  const { p50Ms, p99Ms } = measure({ asked: behaves, act: 'enter' })
  const late = new Set(
    truth.entries.flatMap(({ accountId, inLobby }) => (inLobby ? [] : [accountId])),
  )
  const inTime = phones.flatMap(({ arrivesMs, manner }, diner) =>
    arrivesMs < 0 && manner !== 'bot' ? [diners[diner]?.accountId ?? ''] : [],
  )
  const countedLate = inTime.filter((accountId) => late.has(accountId)).length
  return { p50Ms, p99Ms, inTime: inTime.length, countedLate }
}

function findBusiestSecond(instantsMs: number[]): number {
  const perSecond = new Map<number, number>()
  for (const instantMs of instantsMs) {
    const second = Math.floor(instantMs / 1000)
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
  }
  return [...perSecond.values()].reduce((most, count) => Math.max(most, count), 0)
}

function countKinds(findings: Finding[]): Record<string, number> {
  return countBy(findings.map(({ kind }) => kind))
}

function countBy(values: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

const REPORTED: [title: string, kinds: string[]][] = [
  ['errors', ['error', 'no-ending']],
  ['double bookings', ['slot-twice', 'diner-twice', 'two-answers']],
  ['answers and rows that disagree', ['booked-without-row', 'row-without-booked']],
  [
    'order violations',
    [
      ...['turn-early', 'turn-refused', 'turn-uneven', 'booked-early', 'booked-without-turn'],
      ...['sold-out-early', 'late-in-front', 'turn-unlogged', 'logged-early'],
    ],
  ],
  ['lost places', ['place-lost', 'place-changed', 'entries-hash']],
  ['lost or doubled notices', ['notice-lost', 'notice-doubled', 'notice-of-nothing']],
]

/** What has to be zero, by the names under which it is promised. */
export function listZeros({ found }: Figures): [title: string, count: number][] {
  return REPORTED.map(([title, kinds]) => [
    title,
    kinds.reduce((sum, kind) => sum + (found[kind] ?? 0), 0),
  ])
}
