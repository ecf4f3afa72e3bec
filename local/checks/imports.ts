import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { findFolderCycles, foldersLookOneWay } from './folders'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
const config = join(root, '.dependency-cruiser.mjs')

const answerSchema = z.object({
  modules: z.array(
    z.object({
      source: z.string(),
      dependencies: z.array(z.object({ resolved: z.string() })),
    }),
  ),
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) }),
    ),
    ruleSetUsed: z.object({
      forbidden: z.array(z.object({ name: z.string(), comment: z.string().optional() })),
    }),
  }),
})

export type Cruise = {
  /** Our own TypeScript files that were cruised. None means that the cruise saw nothing. */
  seen: string[]
  rules: { name: string; comment?: string | undefined }[]
  violations: { from: string; to: string; rule: string }[]
}

/** Runs dependency-cruiser over the tree in `dir`, with this project's rules. */
export async function cruise(dir: string): Promise<Cruise> {
  const { modules, summary } = answerSchema.parse(JSON.parse(await runCruiser(dir)))
  return {
    seen: modules.map((it) => it.source).filter((it) => /^(?!node_modules).*\.tsx?$/.test(it)),
    rules: [...summary.ruleSetUsed.forbidden, foldersLookOneWay],
    violations: [
      ...summary.violations.map((it) => ({ ...it, rule: it.rule.name })),
      ...findFolderCycles(modules),
    ],
  }
}

function runCruiser(dir: string): Promise<string> {
  const args = [program, '--config', config, '--output-type', 'json', '.']
  const options = { cwd: dir, maxBuffer: 256 * 1024 * 1024 }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      // With JSON output, violations appear in the answer and not in the exit code.
      if (error) reject(new Error(`dependency-cruiser failed: ${stderr || error.message}`))
      else resolve(stdout)
    })
  })
}
