import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'

export interface DemoSecrets extends Record<string, string> {
  AUTH_SECRET: string
  CRON_SECRET: string
  DATA_KEYS: string
  METRICS_TOKEN: string
}

const FILE = 'demo.env'

/** From the environment, else from the last run, so that a restart signs nobody out. */
export function readDemoSecrets(folder: string): DemoSecrets {
  const file = path.join(folder, FILE)
  const kept = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  const read = (name: string) =>
    process.env[name] || kept[name] || randomBytes(32).toString('base64url')
  return {
    AUTH_SECRET: read('AUTH_SECRET'),
    CRON_SECRET: read('CRON_SECRET'),
    DATA_KEYS: read('DATA_KEYS'),
    METRICS_TOKEN: read('METRICS_TOKEN'),
  }
}

/** Where to report a weakness of the demo: an address of its own inbox. */
export function readDemoContact(): Record<string, string> {
  return { SECURITY_CONTACT: process.env.SECURITY_CONTACT || 'mailto:security@bobjool.test' }
}

/** The environment the application was started with, for tools such as `npm run load:diners`. */
export function writeDemoEnvironment({
  folder,
  env,
}: {
  folder: string
  env: Record<string, string>
}): void {
  mkdirSync(folder, { recursive: true })
  const lines = Object.entries(env).map(([name, value]) => `${name}="${value}"`)
  writeFileSync(path.join(folder, FILE), `${lines.join('\n')}\n`, { mode: 0o600 })
}
