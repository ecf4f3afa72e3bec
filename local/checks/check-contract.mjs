/**
 * Lints the API's contract as the handlers declare it. Loads them like Next's server: `next-auth`
 * and others are CommonJS, and Node's own modules see their default exports differently.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { require } from 'tsx/cjs/api'

const root = path.resolve(import.meta.dirname, '../..')
const file = path.join(root, '.local/validate/openapi.json')

// As during the product's build: no database and no secret is required.
process.env.NEXT_PHASE = 'phase-production-build'
const { describeApi } = require('../../app/api/v1/openapi.json/document.ts', import.meta.url)
mkdirSync(path.dirname(file), { recursive: true })
writeFileSync(file, JSON.stringify(describeApi(), null, 2))

const redocly = path.join(root, 'node_modules/@redocly/cli/bin/cli.js')
const args = ['lint', file, '--config', path.join(import.meta.dirname, 'redocly.yaml')]
const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
const { status, stdout, stderr } = spawnSync(process.execPath, [redocly, ...args], {
  env,
  encoding: 'utf8',
})
// When the lint passes, its output is only about Node and itself.
if (status !== 0) console.log(`${stdout}${stderr}`)
process.exitCode = status ?? 1
