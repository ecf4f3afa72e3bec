import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { hashSources } from '@/local/build'
import { startProcess } from '@/local/child-process'

const ROOT = path.resolve(import.meta.dirname, '..')
const BASELINES = path.join(ROOT, 'bench/baselines/routes')
const APP = path.join(ROOT, '.local/bench/app')
const STAMP = path.join(APP, '.next/bobjool-sources')

/**
 * Left out of the copy. The lock file is among it, so that Next takes the real tree, which has
 * `node_modules`, for the root of the project.
 */
const LEFT_OUT = new Set([
  ...['.ci', '.git', '.github', '.local', '.next', 'node_modules', 'package-lock.json'],
  ...['bench', 'docs', 'local', 'ops', 'test-results', 'tests', 'tsconfig.tsbuildinfo'],
])

/**
 * The production build of the application with the baselines as further routes under `/api/bench`,
 * made in a copy of the tree, so that the real build never has them. Returns the copy's folder. The
 * caller holds the lock on `.local/bench`.
 */
export async function ensureBenchApp(report: (detail: string) => void): Promise<string> {
  const sources = `${hashSources()} ${hashFolder(BASELINES)}`
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return APP
  rmSync(STAMP, { force: true })
  copyTree()
  await build(report)
  writeFileSync(STAMP, sources)
  return APP
}

function hashFolder(folder: string): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!path.extname(file)) continue
    hash.update(`${file}\0`).update(readFileSync(path.join(folder, file)))
  }
  return hash.digest('hex')
}

function copyTree(): void {
  const generating = spawnSync(process.execPath, ['local/generate.mjs'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (generating.status !== 0) throw new Error(generating.stderr)
  mkdirSync(APP, { recursive: true })
  for (const old of readdirSync(APP)) {
    if (old !== '.next') rmSync(path.join(APP, old), { recursive: true, force: true })
  }
  for (const name of readdirSync(ROOT)) {
    if (LEFT_OUT.has(name) || name.startsWith('.env')) continue
    cpSync(path.join(ROOT, name), path.join(APP, name), { recursive: true })
  }
  cpSync(BASELINES, path.join(APP, 'app/api/bench'), { recursive: true })
}

async function build(report: (detail: string) => void): Promise<void> {
  const building = await startProcess({
    name: 'next build',
    command: process.execPath,
    args: [path.join(ROOT, 'node_modules/next/dist/bin/next'), 'build'],
    cwd: APP,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    onLine: (line) => report(line.trim()),
  })
  const { code } = await building.exited
  if (code === 0) return
  throw new Error(`The build failed:\n${building.readLastLines().join('\n').trim()}`)
}
