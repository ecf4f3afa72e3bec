/**
 * Generates the Prisma client when the schema, the configuration or Prisma itself has changed.
 *
 * Generating needs no schema engine, but the CLI insists on having one and would download it. Any
 * executable satisfies it, so it gets Node itself; nothing leaves the machine.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const schemaFolder = path.join(root, 'prisma', 'schema')
const output = path.join(root, 'prisma', 'generated')
const stampFile = path.join(output, '.stamp')

const stamp = hashInputs()
const isCurrent = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
if (!isCurrent || process.argv.includes('--force')) generate()

function generate() {
  // Without its stamp an interrupted client is generated again.
  rmSync(stampFile, { force: true })
  const cli = path.join(root, 'node_modules', 'prisma', 'build', 'index.js')
  const made = spawnSync(process.execPath, [cli, 'generate'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  })
  if (made.status !== 0) {
    process.stderr.write(made.error?.message ?? `${made.stdout}${made.stderr}`)
    process.stderr.write('\nThe Prisma client could not be generated; see above.\n')
    process.exit(1)
  }
  writeFileSync(stampFile, stamp)
}

function hashInputs() {
  const files = readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.prisma'))
    .map((file) => path.join(schemaFolder, file))
    .sort()
  files.push(path.join(root, 'prisma.config.ts'))
  files.push(path.join(root, 'node_modules', 'prisma', 'package.json'))
  const hash = createHash('sha256')
  for (const file of files) {
    hash.update(`${path.relative(root, file)}\0`)
    hash.update(readFileSync(file))
  }
  return hash.digest('hex')
}
