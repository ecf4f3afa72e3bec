import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Progress } from '@/local/progress.mjs'
import { type AddStop, runWithStops } from '@/local/run-with-stops'
import { describeCircumstances } from '../machine'
import { readBearer } from '../replay/bearer'
import { startReplayEnvironment } from '../replay/environment'
import { makeRestaurants, openLine } from '../restaurants'
import { type Followed, followLine } from './follow'

const NUMBERS = {
  phones: { most: 1_000_000, usual: 10_000 },
  parties: { most: 5_000, usual: 300 },
  seconds: { most: 3_600, usual: 60 },
  'acts-per-second': { most: 100, usual: 5 },
  'polls-per-second': { most: 1_000_000, usual: 2_500 },
  processes: { most: 16, usual: 2 },
} as const
type Name = keyof typeof NUMBERS
type Options = Record<Name, number>

const NAMES = Object.keys(NUMBERS).filter((name): name is Name => name in NUMBERS)
const USAGE = `Usage: npm run bench:line -- ${NAMES.map((name) => `[--${name} ${NUMBERS[name].usual}]`).join(' ')}`
const RESULTS = path.resolve(import.meta.dirname, '../results')

/** Lets many phones follow one line, prints what they saw, and returns the exit code. */
export async function runLine({
  progress,
  args,
}: {
  progress: Progress
  args: string[]
}): Promise<number> {
  const options = readOptions(args)
  if (!options) throw new Error(USAGE)
  const followed = await runWithStops({
    progress,
    work: (addStop) => follow({ options, progress, addStop }),
  })
  progress.say(`\n${describe({ options, followed })}`)
  const { findings, wrong, failedPolls } = followed
  for (const { kind, detail } of findings.slice(0, 10)) progress.say(`  ✗ ${kind}: ${detail}`)
  return findings.length + wrong.length + failedPolls === 0 ? 0 : 1
}

/** Null: the arguments are invalid. */
function readOptions(args: string[]): Options | null {
  const strings = Object.fromEntries(NAMES.map((name) => [name, { type: 'string' as const }]))
  const { values, positionals } = parseArgs({ args, options: strings, strict: false })
  const read = (name: Name) => Number(values[name] ?? NUMBERS[name].usual)
  const isKnown = Object.keys(values).every((name) => name in NUMBERS) && positionals.length === 0
  const isInRange = NAMES.every(
    (name) => Number.isInteger(read(name)) && read(name) >= 1 && read(name) <= NUMBERS[name].most,
  )
  if (!isKnown || !isInRange) return null
  return {
    phones: read('phones'),
    parties: read('parties'),
    seconds: read('seconds'),
    'acts-per-second': read('acts-per-second'),
    'polls-per-second': read('polls-per-second'),
    processes: read('processes'),
  }
}

async function follow({
  options,
  progress,
  addStop,
}: {
  options: Options
  progress: Progress
  addStop: AddStop
}): Promise<Followed> {
  const { phones, parties, seconds, processes } = options
  // A third of the acts are joins.
  const diners = parties + Math.ceil((seconds * options['acts-per-second']) / 2)
  const environment = await startReplayEnvironment({ progress, addStop, diners, processes })
  const [restaurant] = await makeRestaurants({ pool: environment.pool, count: 1 })
  if (!restaurant) throw new Error('expected a restaurant')
  const { restaurantId } = restaurant
  await openLine({ pool: environment.pool, restaurant })
  const joiners = environment.tokens.map((token) => ({ token, ...readBearer(token) }))
  const followed = await progress.step('The line', () =>
    followLine({
      environment: { ...environment, origins: environment.readOrigins(), restaurantId, joiners },
      plan: {
        phones,
        parties,
        forMs: seconds * 1_000,
        seed: 20_241_010,
        actsPerSecond: options['acts-per-second'],
        pollsPerSecond: options['polls-per-second'],
      },
    }),
  )
  keep({ options, followed, ...describeCircumstances(environment.versions) })
  return followed
}

function keep(
  report: { options: Options } & ReturnType<typeof describeCircumstances> & { followed: Followed },
): void {
  const { startedAt, commit, options } = report
  mkdirSync(RESULTS, { recursive: true })
  const name = `line-${startedAt.slice(0, 10)}-${commit}-${options.phones}.json`
  writeFileSync(path.join(RESULTS, name), `${JSON.stringify(report, null, 2)}\n`)
}

function describe({ options, followed }: { options: Options; followed: Followed }): string {
  const { acts, polls, failedPolls, reached, sightings, wrong, findings, seconds } = followed
  const perProcess = reached / seconds / options.processes
  return [
    `  ${options.phones} phones followed a line of ${options.parties} for ${seconds.toFixed(1)} s while ${acts} acts moved it`,
    `  ${polls} polls (${failedPolls} failed); ${reached} reached a process: ${perProcess.toFixed(2)} a second and process, and no rebuild without one`,
    `  ${sightings} places shown, ${wrong.length} of them wrong for two polls; the checker found ${findings.length} faults`,
  ].join('\n')
}
