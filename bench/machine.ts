import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'
import path from 'node:path'
import { z } from 'zod'

const ROOT = path.resolve(import.meta.dirname, '..')

export interface Circumstances {
  startedAt: string
  commit: string
  machine: string
  /** The load average of the minute before: how busy the machine was otherwise. */
  loadBefore: number
  versions: Record<string, string>
}

export function describeCircumstances(servers: Record<string, string>): Circumstances {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const gibibytes = Math.round(totalmem() / 2 ** 30)
  return {
    startedAt: new Date().toISOString(),
    commit: readCommit(),
    machine: `${availableParallelism()} cores of ${model}, ${gibibytes} GiB, ${type()} ${release()}`,
    loadBefore: loadavg()[0] ?? 0,
    versions: { node: process.version.slice(1), next: readVersion('next'), ...servers },
  }
}

/** With a plus when the tree differed from it; `unknown` outside of a repository. */
function readCommit(): string {
  const git = (...args: string[]) =>
    spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout?.trim() ?? ''
  const commit = git('rev-parse', '--short=10', 'HEAD')
  if (!commit) return 'unknown'
  const changed = git('status', '--porcelain', '--', '.', ':!bench/results')
  return changed ? `${commit}+` : commit
}

function readVersion(name: string): string {
  const file = path.join(ROOT, 'node_modules', name, 'package.json')
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version
}
