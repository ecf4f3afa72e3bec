import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startProcess } from './child-process'
import { type FolderLock, lockFolder } from './folder-lock'

const ROOT = path.resolve(import.meta.dirname, '..')
const STAMP = path.join(ROOT, '.next', 'bobjool-sources')
const OTHER_BUILD_WITHIN_MS = 10 * 60_000

/** What can't change the build. Everything else is a source, so that none is forgotten. */
const NO_SOURCES = new Set([
  '.ci',
  '.dependency-cruiser.mjs',
  '.git',
  '.github',
  '.gitignore',
  '.local',
  '.next',
  'bench',
  'biome.json',
  'docs',
  'knip.json',
  'lib/metrics/generated',
  'local',
  'messages/generated',
  'next-env.d.ts',
  'node_modules',
  'ops',
  'test-results',
  'tests',
  'vitest.config.ts',
])

export type BuildOutcome = 'current' | 'built'

/** Makes the production build unless it is up to date. Concurrent callers wait for one build. */
export async function ensureBuild({
  report = () => {},
}: {
  report?: (line: string) => void
} = {}): Promise<BuildOutcome> {
  if (isCurrent(hashSources())) return 'current'
  const lock = await waitForLock(report)
  try {
    const sources = hashSources()
    if (isCurrent(sources)) return 'current'
    rmSync(STAMP, { force: true })
    await build(report)
    // The hash from before the build: a change during it may not be in it.
    writeFileSync(STAMP, sources)
    return 'built'
  } finally {
    lock.release()
  }
}

function isCurrent(sources: string): boolean {
  const isComplete = existsSync(path.join(ROOT, '.next', 'BUILD_ID')) && existsSync(STAMP)
  return isComplete && readFileSync(STAMP, 'utf8') === sources
}

async function waitForLock(report: (line: string) => void): Promise<FolderLock> {
  const folder = path.join(ROOT, '.local', 'build')
  const giveUpAt = performance.now() + OTHER_BUILD_WITHIN_MS
  let hasSaid = false
  for (;;) {
    const lock = await lockFolder(folder)
    if (lock) return lock
    if (!hasSaid) report('waiting for another build of this folder')
    hasSaid = true
    if (performance.now() > giveUpAt) {
      throw new Error(
        'Another build of this folder has been running for ten minutes; stop it first.',
      )
    }
    await sleep(200)
  }
}

async function build(report: (line: string) => void): Promise<void> {
  const generating = spawnSync(process.execPath, ['local/generate.mjs'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (generating.status !== 0) throw new Error(generating.stderr)
  const building = await startProcess({
    name: 'next build',
    command: process.execPath,
    args: ['node_modules/next/dist/bin/next', 'build'],
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    onLine: (line) => {
      if (line.trim() !== '') report(line.trim())
    },
  })
  const { code } = await building.exited
  if (code === 0) return
  throw new Error(`The build failed:\n${building.readLastLines().join('\n').trim()}`)
}

/**
 * One digest of the names and bytes of all sources, some four hundred files in a few milliseconds.
 */
export function hashSources(): string {
  const hash = createHash('sha256').update(process.version)
  for (const file of listSources('')) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(ROOT, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function listSources(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .map((entry) => ({ entry, file: folder ? `${folder}/${entry.name}` : entry.name }))
    .filter(({ file }) => isSource(file))
    .sort((one, other) => (one.file < other.file ? -1 : 1))
    .flatMap(({ entry, file }) => {
      if (entry.isDirectory()) return listSources(file)
      return entry.isFile() ? [file] : []
    })
}

function isSource(file: string): boolean {
  if (NO_SOURCES.has(file) || /\.(test\.tsx?|md|tsbuildinfo)$/.test(file)) return false
  return !file.startsWith('prisma/') || file.startsWith('prisma/schema')
}
