import { existsSync } from 'node:fs'
import path from 'node:path'
import { ensureBuild } from './build'
import { startProcess } from './child-process'
import { unpackDebianPrograms } from './debian-programs'
import type { Progress } from './progress.mjs'
import { runAttached } from './run-attached'

const FOLDER = path.resolve('.local/node')
/** Versions of Node that we support, besides the one on which `npm test` has just run. */
const NODES = ['22', '24']
/** A fault that shows once in a few runs shows in ten. */
const REPLAYS = 10
const STORMS = [
  'evening-storm',
  'line-storm',
  'off-plan',
  'http-one-table',
  'one-party-per-table',
  'changes',
].map((name) => `tests/concurrency/${name}.test.ts`)
const KILLS = 'tests/faults/killed-'

interface Part {
  name: string
  /** Each returns its exit code. */
  runs: (() => Promise<number>)[]
}

/** Runs all parts even when some fail, and ends with a list of those that did. */
export async function runRelease({
  progress,
  names,
}: {
  progress: Progress
  names: string[]
}): Promise<number> {
  const parts = listParts(progress)
  const unknown = names.filter((name) => !parts.some((part) => part.name === name))
  if (unknown.length > 0) {
    const known = parts.map(({ name }) => name).join(', ')
    throw new Error(`No such part: ${unknown.join(', ')}. There are: ${known}.`)
  }
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const told: string[] = []
  let isGood = true
  for (const { name, runs } of parts) {
    if (names.length > 0 && !names.includes(name)) continue
    const codes: number[] = []
    for (const [index, run] of runs.entries()) {
      if (stop.signal.aborted) break
      progress.say(`\n── ${name}, ${index + 1} of ${runs.length}`)
      codes.push(await run())
    }
    const passed = codes.filter((code) => code === 0).length
    isGood &&= passed === runs.length
    told.push(`  ${passed === runs.length ? '✓' : '✗'} ${name}: ${passed} of ${runs.length} passed`)
  }
  progress.say(`\n${told.join('\n')}`)
  return isGood ? 0 : 1
}

function listParts(progress: Progress): Part[] {
  const suites = NODES.map((major) => ({
    name: `node-${major}`,
    runs: [() => runSuite({ major, progress })],
  }))
  const args = ['local/test.mjs', 'tests/faults/opening-replay.test.ts']
  const replays = Array.from({ length: REPLAYS }, () => () => runAttached({ args }))
  return [
    ...suites,
    { name: 'replay', runs: replays },
    { name: 'storms', runs: [runStorms] },
    { name: 'guest-import', runs: [runGuestImport] },
    { name: 'restore', runs: [runRestore] },
    { name: 'alerts', runs: [() => runAlerts({ progress })] },
    { name: 'lighthouse', runs: [() => runLighthouse({ progress })] },
  ]
}

/** Storms over an evening, a line and the tables, by the thousand; a process killed between any two steps. */
function runStorms(): Promise<number> {
  return runAttached({ args: ['local/test.mjs', ...STORMS, KILLS], env: { STORMS: '30' } })
}

/** A guest book as long as one may be imported, by the worker that goes on after the answer. */
function runGuestImport(): Promise<number> {
  return runAttached({
    args: ['local/test.mjs', 'tests/release/guest-import.test.ts'],
    env: { RELEASE_TESTS: '1' },
  })
}

/** A database is lost and brought back, and the drill that does so can tell when it is not. */
function runRestore(): Promise<number> {
  return runAttached({
    args: ['local/test.mjs', 'tests/release/restore.test.ts'],
    env: { RELEASE_TESTS: '1' },
  })
}

/** All of `npm test`, as on a machine that has this Node and no other. */
async function runSuite({
  major,
  progress,
}: {
  major: string
  progress: Progress
}): Promise<number> {
  const folder = path.join(FOLDER, major)
  const bin = path.join(folder, 'node_modules/node/bin')
  const node = path.join(bin, 'node')
  if (!existsSync(node))
    await progress.step(`Node ${major} from npm`, () => installNode({ major, folder }))
  const env = { PATH: `${bin}${path.delimiter}${process.env.PATH}` }
  return runAttached({ node, args: ['local/test.mjs'], env })
}

/** Prometheus and Alertmanager see the mail server go, and come back. */
async function runAlerts({ progress }: { progress: Progress }): Promise<number> {
  const failure = await progress.step('Prometheus and Alertmanager from Debian', () =>
    unpackDebianPrograms(['promtool', 'prometheus', 'prometheus-alertmanager']),
  )
  if (failure) throw new Error(failure)
  await progress.step('Production build', (report) => ensureBuild({ report }))
  return runAttached({
    args: ['local/test.mjs', 'tests/release/alerts.test.ts'],
    env: { RELEASE_TESTS: '1' },
  })
}

/** Accessibility, best practices, SEO and layout shift of the pages that diners open first. */
async function runLighthouse({ progress }: { progress: Progress }): Promise<number> {
  await progress.step('Production build', (report) => ensureBuild({ report }))
  return runAttached({
    args: ['local/test.mjs', 'tests/release/lighthouse.test.ts'],
    env: { RELEASE_TESTS: '1' },
  })
}

/** The package fetches its binary in a script, which this project's npm runs for no package else. */
async function installNode({ major, folder }: { major: string; folder: string }): Promise<void> {
  const npm = await startProcess({
    name: 'npm',
    command: 'npm',
    args: [
      'install',
      '--prefix',
      folder,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts=false',
      `node@${major}`,
    ],
    env: process.env,
  })
  const { code } = await npm.exited
  if (code !== 0) throw new Error(`npm could not install it:\n${npm.readLastLines().join('\n')}`)
}
