import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { tryToStart } from '../support/app-server'
import { useDatabase } from '../support/database'
import { START_WITHIN_MS } from '../support/http-scene'
import { SECRETS, WEAK } from '../support/secrets'

const database = useDatabase()
const folder = mkdtempSync(path.join(tmpdir(), 'bobjool-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A production process with this change of its environment; an empty string unsets a variable. */
const start = (env: Record<string, string>) =>
  tryToStart({ databaseUrl: database.databaseUrl, gateway: null, smtpUrl: null, env })

const names = Object.keys(SECRETS)
const ofEach = (make: (name: string) => [string, string][]) =>
  Object.fromEntries(names.flatMap(make))

function write(name: string, content: string): string {
  const file = path.join(folder, `${name}-${Math.random()}`)
  writeFileSync(file, content)
  return file
}

/** One change of each kind, made to every secret that has it: the process names each of them. */
const kinds: { kind: string; env: () => Record<string, string>; told: string[] }[] = [
  {
    kind: 'weak',
    env: () => WEAK,
    told: Object.keys(WEAK),
  },
  {
    kind: 'weak in a mounted file',
    env: () =>
      Object.fromEntries(
        Object.entries(WEAK).flatMap(([name, value]) => [
          [name, ''],
          [`${name}_FILE`, write(name, value)],
        ]),
      ),
    told: Object.keys(WEAK),
  },
  {
    kind: 'missing',
    env: () => ofEach((name) => [[name, '']]),
    told: names.filter((name) => SECRETS[name]?.isNeeded),
  },
  {
    kind: 'missing beside the half that is not secret',
    env: () =>
      ofEach((name) => {
        const other = SECRETS[name]?.other
        return other ? [[name, ''], other] : []
      }),
    told: names.filter((name) => SECRETS[name]?.other),
  },
  {
    kind: 'in a file that is not there',
    env: () =>
      ofEach((name) => [
        [name, ''],
        [`${name}_FILE`, path.join(folder, 'none')],
      ]),
    told: names.map((name) => `${name}_FILE`),
  },
  {
    kind: 'in a file that is empty',
    env: () =>
      ofEach((name) => [
        [name, ''],
        [`${name}_FILE`, write(name, '\n')],
      ]),
    told: names.map((name) => `${name}_FILE`),
  },
  {
    kind: 'given twice, as it is and in a file',
    env: () =>
      ofEach((name) => [
        [name, SECRETS[name]?.strong ?? ''],
        [`${name}_FILE`, write(name, SECRETS[name]?.strong ?? '')],
      ]),
    told: names.map((name) => `${name}_FILE`),
  },
]

describe('a production process', () => {
  test(
    'with every secret, strong and mounted as a file, serves: the control',
    async () => {
      const env = ofEach((name) => {
        const { strong, other } = SECRETS[name] ?? { strong: '' }
        // Its own stores: the database is reached as it is, and no other is.
        const isReached = ['DATABASE_URL', 'UPSTASH_REDIS_REST_TOKEN', 'SMTP_URL'].includes(name)
        if (isReached) return []
        return [[name, ''], [`${name}_FILE`, write(name, strong)], ...(other ? [other] : [])]
      })
      expect(await start(env)).toMatchObject({ isReady: true })
    },
    START_WITHIN_MS,
  )

  test.each(kinds)(
    'whose secrets are $kind does not start, and names each',
    async ({ env, told }) => {
      const { isReady, code, output } = await start(env())
      expect({ isReady, isEnded: code !== 0 && code !== null }, output).toEqual({
        isReady: false,
        isEnded: true,
      })
      expect(told.length).toBeGreaterThan(2)
      expect(told.filter((name) => !new RegExp(`\\b${name}\\b`).test(output))).toEqual([])
      for (const value of [...Object.values(WEAK), ...names.map((name) => SECRETS[name]?.strong)])
        expect(output, 'a log shows no secret').not.toContain(value)
    },
    START_WITHIN_MS,
  )
})
