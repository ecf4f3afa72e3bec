import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Circumstances } from '../machine'
import { type Figures, listZeros } from './figures'
import type { ReplayOptions } from './options'
import type { foretell } from './rehearsal'

const RESULTS = path.resolve(import.meta.dirname, '../results')

export interface ReplayReport {
  circumstances: Circumstances
  options: ReplayOptions
  figures: Figures
  /** What a rehearsal of the same settings foretold on these processes. */
  rehearsed: ReturnType<typeof foretell>
}

/** The summary for a person at the end. */
export function describeReplay({ figures, rehearsed }: ReplayReport): string {
  const { seats, polls, front, latencies, mostOfCalm, arrivals } = figures
  const shed = Object.entries(figures.answers)
    .filter(([answer]) => /^\w+ (429|503)/.test(answer))
    .reduce((sum, [, count]) => sum + count, 0)
  const rows = Object.entries(latencies).map(
    ([act, { count, p50Ms, p99Ms, mostMs }]) =>
      `  ${act.padEnd(8)} ${count} answered, p50 ${p50Ms} ms, p99 ${p99Ms} ms, slowest ${mostMs} ms`,
  )
  return [
    `  ${figures.diners} diners: ${figures.inLobby} in the lobby, ${figures.entries} entered; ${describe(figures.endings)}`,
    `  ${seats.sold} of ${seats.all} seats sold; ${listZeros(figures)
      .map(([title, count]) => `${title} ${count}`)
      .join(', ')}`,
    `  drawn ${figures.drawnSeconds} s after the opening, sold out after ${figures.soldOutSeconds} s, everybody knew after ${figures.everybodyKnewSeconds} s`,
    `  a rehearsal foretold: sold out after ${rehearsed.figures.soldOutSeconds} s, everybody knew after ${rehearsed.figures.allKnowSeconds} s`,
    ...rows,
    `  entering, from each phone’s own instant: p50 ${figures.entering.p50Ms} ms, p99 ${figures.entering.p99Ms} ms; of ${figures.entering.inTime} who came in time ${figures.entering.countedLate} counted late`,
    `  put off with Retry-After ${shed}; of those who behave nobody needed more than ${mostOfCalm.enter} entry, ${mostOfCalm.turn} turn, ${mostOfCalm.book} booking`,
    `  ${polls} polls, ${front.fromCache} answered by the front; ${front.fromOrigin} requests at the processes`,
    `  busiest second ${arrivals.busiestSecond} arrivals, at worst ${arrivals.worstLateMs} ms late`,
    `  ${figures.totalSeconds} s in all, ${figures.timesB0} × what B0 (${figures.b0PerSecond}/s) would take for as many requests`,
    `  CPU of the servers: ${figures.timesB0Cpu} × what B0 (${figures.b0CpuMs.toFixed(2)} ms) takes for as many requests`,
  ].join('\n')
}

function describe(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')
}

/** A row of the table in docs/benchmarks.md. */
export function writeRow({ circumstances, options, figures }: ReplayReport): string {
  const zeros = listZeros(figures).map(([, count]) => count)
  const { startedAt, commit } = circumstances
  const cells = [
    ...[startedAt.slice(0, 10), commit, figures.diners, options.fault ?? 'none'],
    ...[`${figures.seats.sold} of ${figures.seats.all}`, zeros.join(' / ')],
    ...[`${figures.soldOutSeconds} s`, `${figures.everybodyKnewSeconds} s`],
    ...[figures.front.fromOrigin, figures.polls, figures.timesB0Cpu],
  ]
  return `| ${cells.join(' | ')} |`
}

/** Saves all of it, and returns the file's name. */
export function keepReplay(report: ReplayReport): string {
  const { circumstances, options } = report
  const { startedAt, commit } = circumstances
  const parts = ['opening', startedAt.slice(0, 10), commit, options.diners, options.fault ?? []]
  mkdirSync(RESULTS, { recursive: true })
  const file = path.join(RESULTS, `${parts.flat().join('-')}.json`)
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  return path.relative(process.cwd(), file)
}
