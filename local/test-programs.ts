import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { startProcess } from './child-process'
import { findChromium, MISSING_CHROMIUM } from './chromium'
import { findDebianProgram, unpackDebianPrograms } from './debian-programs'
import type { Progress } from './progress.mjs'
import { findRedisProgram } from './redis-server'

/**
 * The programs that no npm package brings: Redis, a browser, Korean fonts, and Prometheus' tool. As
 * root on Debian they are installed; elsewhere the missing ones are reported, and the tests that need
 * them fail.
 */
export async function ensureTestPrograms(progress: Progress): Promise<void> {
  const packages = listMissingPackages()
  if (packages.length > 0 && canInstall()) await install({ packages, progress })
  if (!findRedisProgram()) {
    throw new Error(
      'The tests need a real Redis and there is none. Install redis-server or valkey-server ' +
        '(Debian: apt-get install redis-server, macOS: brew install redis) and try again.',
    )
  }
  await ensurePromtool(progress)
  if (!findChromium()) progress.say(`  ! ${MISSING_CHROMIUM} Tests that need it will fail.`)
}

async function ensurePromtool(progress: Progress): Promise<void> {
  if (findDebianProgram('promtool')) return
  let failure = await progress.step('Unpacking promtool', () => unpackDebianPrograms(['promtool']))
  if (failure && canInstall()) {
    await runAptGet({ args: ['update'], report: () => {} })
    failure = await unpackDebianPrograms(['promtool'])
  }
  if (failure) progress.say(`  ! no promtool: ${failure}. Tests that need it will fail.`)
}

const BROWSER = 'chromium'
/** The headless browser: half of the work for the same pages. Not every Debian has it. */
const SHELL = 'chromium-headless-shell'

function listMissingPackages(): string[] {
  const packages: string[] = []
  if (!findRedisProgram()) packages.push('redis-server')
  if (!process.env.CHROMIUM_PATH) {
    if (!findChromium()?.includes('shell')) packages.push(SHELL)
    // Only the whole browser shows notifications.
    if (!findChromium({ isWhole: true })) packages.push(BROWSER)
  }
  if (!hasKoreanLetters()) packages.push('fonts-noto-cjk')
  return packages
}

function canInstall(): boolean {
  const isRoot = process.getuid?.() === 0
  return isRoot && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
}

/** Without fontconfig fonts can't be listed, and without apt-get they can't be installed. */
function hasKoreanLetters(): boolean {
  const listed = spawnSync('fc-list', [':lang=ko', 'family'], { encoding: 'utf8' })
  return listed.status === 0 && listed.stdout.trim() !== ''
}

async function install({
  packages,
  progress,
}: {
  packages: string[]
  progress: Progress
}): Promise<void> {
  await progress.step(`Installing ${packages.join(', ')} with apt-get`, async (report) => {
    const flags = ['install', '-y', '--no-install-recommends']
    const get = (names: string[]) => runAptGet({ args: [...flags, ...names], report })
    const everywhere = packages.filter((name) => name !== SHELL)
    const failure =
      (await runAptGet({ args: ['update'], report })) ??
      ((await get(packages)) && (await get(everywhere)))
    if (failure) progress.say(`  ! apt-get could not install them: ${failure}`)
  })
}

async function runAptGet({
  args,
  report,
}: {
  args: string[]
  report: (detail: string) => void
}): Promise<string | null> {
  const aptGet = await startProcess({
    name: 'apt-get',
    command: 'apt-get',
    args,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    onLine: (line) => report(line.trim()),
  })
  const { code } = await aptGet.exited
  return code === 0 ? null : (aptGet.readLastLines().at(-1) ?? `exit code ${code}`)
}
