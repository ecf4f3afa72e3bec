import { parseArgs } from 'node:util'
import { DRAWN_AFTER_SECONDS } from '@/domain/opening/rehearsal.rules'

export const FAULTS = ['redis-flush', 'process-kill', 'kill-and-flush', 'postgres-restart'] as const
export type FaultName = (typeof FAULTS)[number]

export interface ReplayOptions {
  diners: number
  processes: number
  fault: FaultName | null
  lobbySeconds: number
  lateSeconds: number
  turnsPerSecond: number
  pollsPerSecond: number
  /** When the rehearsal before the replay expects the draw. */
  drawnAfterSeconds: number
  botShare: number
  mostMinutes: number
  seed: number
}

const NUMBERS = {
  diners: { from: 10, to: 1_000_000, usual: 2_000 },
  processes: { from: 1, to: 16, usual: 2 },
  'lobby-seconds': { from: 1, to: 7_200, usual: 30 },
  'late-seconds': { from: 1, to: 600, usual: 10 },
  'turns-per-second': { from: 0.1, to: 10_000, usual: 40 },
  'polls-per-second': { from: 10, to: 1_000_000, usual: 3_000 },
  'drawn-after-seconds': { from: 0, to: 600, usual: DRAWN_AFTER_SECONDS },
  'bot-share': { from: 0, to: 0.5, usual: 0.02 },
  'most-minutes': { from: 1, to: 50, usual: 20 },
  seed: { from: 0, to: 2 ** 32 - 1, usual: 20_241_010 },
} as const
type NumberName = keyof typeof NUMBERS
const NAMES = Object.keys(NUMBERS).filter((name): name is NumberName => name in NUMBERS)

export const USAGE =
  `Usage: npm run bench:opening -- [--fault ${FAULTS.join('|')}] ` +
  NAMES.map((name) => `[--${name} ${NUMBERS[name].usual}]`).join(' ')

/** Null: the arguments are invalid. */
export function readReplayOptions(args: string[]): ReplayOptions | null {
  const options = Object.fromEntries(
    [...NAMES, 'fault'].map((name) => [name, { type: 'string' as const }]),
  )
  const { values, positionals } = parseArgs({ args, options, strict: false })
  const isKnown = Object.keys(values).every((name) => name in options) && positionals.length === 0
  const read = (name: NumberName) => Number(values[name] ?? NUMBERS[name].usual)
  const isInRange = NAMES.every((name) => {
    const { from, to } = NUMBERS[name]
    return read(name) >= from && read(name) <= to
  })
  const fault = FAULTS.find((name) => name === values.fault) ?? null
  const isWhole = (['diners', 'processes'] as const).every((name) => Number.isInteger(read(name)))
  if (!isKnown || !isInRange || !isWhole || (values.fault !== undefined && !fault)) return null
  return {
    diners: read('diners'),
    processes: read('processes'),
    fault,
    lobbySeconds: read('lobby-seconds'),
    lateSeconds: read('late-seconds'),
    turnsPerSecond: read('turns-per-second'),
    pollsPerSecond: read('polls-per-second'),
    drawnAfterSeconds: read('drawn-after-seconds'),
    botShare: read('bot-share'),
    mostMinutes: read('most-minutes'),
    seed: read('seed'),
  }
}
