/**
 * Every check of the code that does not run the product, as CI runs it, in one command: independent
 * steps side by side, and one summary.
 *
 * `npm run validate -- types imports` runs the named steps only.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { ensurePackages, requireNode } from './install.mjs'
import { makeProgress } from './progress.mjs'

const root = path.resolve(import.meta.dirname, '..')
const bin = (file) => [process.execPath, path.join(root, 'node_modules', file)]
const tsx = [process.execPath, '--import', 'tsx']

/** Longest first, so that no long one is left over at the end. */
const steps = [
  {
    name: 'types',
    commands: [
      [...bin('next/dist/bin/next'), 'typegen'],
      [...bin('typescript/bin/tsc'), '--noEmit', '--project', '.local/validate/tsconfig.json'],
    ],
  },
  { name: 'unused', commands: [[...bin('knip/bin/knip.js'), '--no-progress']] },
  { name: 'contract', commands: [[process.execPath, 'local/checks/check-contract.mjs']] },
  { name: 'imports', commands: [[...tsx, 'local/checks/check-imports.ts']] },
  { name: 'schema', commands: [[...tsx, 'local/checks/check-schema.ts']] },
  {
    name: 'style',
    commands: [
      [...bin('@biomejs/biome/bin/biome'), 'check', '--reporter=concise', '--max-diagnostics=200'],
    ],
    hint: '`npm run format` mends most of these.',
  },
  { name: 'audit', commands: [[...tsx, 'local/checks/check-audit.ts']] },
  { name: 'files', commands: [[...tsx, 'local/checks/check-files.ts']] },
]

try {
  requireNode()
  await ensurePackages(makeProgress())
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
process.exit((await validate(process.argv.slice(2))) ? 0 : 1)

async function validate(names) {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length > 0) {
    const known = steps.map((step) => step.name).join(', ')
    console.error(`No such step: ${unknown.join(', ')}. There are: ${known}.`)
    return false
  }
  const startedAt = performance.now()
  writeTypesProject()
  const generate = { name: 'generated', commands: [[process.execPath, 'local/generate.mjs']] }
  const first = await runStep(generate)
  if (!first.isGood) return summarise({ results: [first], startedAt })
  const waiting = steps.filter((step) => names.length === 0 || names.includes(step.name))
  const results = [first, ...(await runSideBySide(waiting))]
  return summarise({ results, startedAt })
}

/**
 * The same project without the route types of `next dev`, which is not running: they may still
 * name pages that have moved since.
 */
function writeTypesProject() {
  mkdirSync(path.join(root, '.local/validate'), { recursive: true })
  const project = {
    extends: '../../tsconfig.json',
    // What has not changed since the last run is not checked again.
    compilerOptions: { incremental: true, tsBuildInfoFile: 'types.tsbuildinfo' },
    include: ['next-env.d.ts', '**/*.ts', '**/*.tsx', '.next/types/**/*.ts'].map(
      (pattern) => `../../${pattern}`,
    ),
    exclude: ['../../node_modules'],
  }
  writeFileSync(path.join(root, '.local/validate/tsconfig.json'), JSON.stringify(project))
}

async function runSideBySide(waiting) {
  const queue = [...waiting]
  const results = []
  const worker = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) results.push(await runStep(step))
  }
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker))
  return results
}

async function runStep({ name, commands, hint = '' }) {
  const startedAt = performance.now()
  console.log(`  … ${name}`)
  let output = ''
  let isGood = true
  for (const command of commands) {
    const ran = await run(command)
    output += ran.output
    isGood = ran.exitCode === 0
    if (!isGood) break
  }
  console.log(`  ${isGood ? '✓' : '✗'} ${name} (${tellSeconds(startedAt)})`)
  return { name, isGood, output: isGood ? output : `${output}\n${hint}` }
}

function run([program, ...args]) {
  return new Promise((resolve) => {
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk) => {
      output += chunk
    }
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.on('error', (error) => resolve({ exitCode: 1, output: `${output}${error.message}\n` }))
    child.on('close', (exitCode) => resolve({ exitCode, output }))
  })
}

function summarise({ results, startedAt }) {
  const failed = results.filter((result) => !result.isGood)
  const watched = results.filter((result) => result.isGood && /\bwarn/.test(result.output))
  for (const { name, output } of [...watched, ...failed]) {
    console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 60 - name.length))}\n${output.trim()}`)
  }
  const verdict =
    failed.length === 0
      ? `validate: all ${results.length} steps are fine`
      : `validate: ${failed.map((result) => result.name).join(', ')} failed`
  console.log(`\n${verdict} (${tellSeconds(startedAt)})`)
  return failed.length === 0
}

function tellSeconds(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
}
