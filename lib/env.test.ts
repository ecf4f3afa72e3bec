import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { SECRETS, WEAK } from '@/tests/support/secrets'

const folder = mkdtempSync(path.join(tmpdir(), 'bobjool-env-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())

async function readEnvironment() {
  vi.resetModules()
  const { env } = await import('./env')
  return env
}

const DATA_KEY = Buffer.alloc(32, 7).toString('base64url')
const PEM = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'

/** Every secret there is, as a file would hold it, and as it is read. */
const secrets: Record<string, [content: string, read: unknown]> = {
  DATABASE_URL: ['postgresql://app:pw@db/bobjool', 'postgresql://app:pw@db/bobjool'],
  UPSTASH_REDIS_REST_TOKEN: ['a-token', 'a-token'],
  REDIS_URL: ['redis://app:pw@cache:6379/1', 'redis://app:pw@cache:6379/1'],
  SMTP_URL: ['smtps://user:pw@smtp.example.com:465', 'smtps://user:pw@smtp.example.com:465'],
  MAIL_HOOK_SECRET: ['whsec_0123456789abcdef', ['whsec_0123456789abcdef']],
  DKIM_PRIVATE_KEY: [PEM, PEM],
  VAPID_PRIVATE_KEY: ['v'.repeat(43), 'v'.repeat(43)],
  AUTH_SECRET: ['the-new-one-0123456789,the-old-one-0123456789', expect.any(Array)],
  DATA_KEYS: [DATA_KEY, [expect.objectContaining({ bytes: Buffer.alloc(32, 7) })]],
  CRON_SECRET: ['a-cron-secret-0123456789', 'a-cron-secret-0123456789'],
  METRICS_TOKEN: ['a-scraper-0123456789', 'a-scraper-0123456789'],
  KAKAO_CLIENT_SECRET: ['kakao', 'kakao'],
  NAVER_CLIENT_SECRET: ['naver', 'naver'],
}

describe('a secret', () => {
  it.each(Object.entries(secrets))('%s may be mounted as a file', async (name, [content, read]) => {
    const file = path.join(folder, name)
    writeFileSync(file, `${content}\n`)
    vi.stubEnv(name, undefined)
    vi.stubEnv(`${name}_FILE`, file)
    expect(Reflect.get(await readEnvironment(), name)).toEqual(read)
  })

  it('of the list above is each that .env.example has', () => {
    const names = Object.keys(parseEnv(readFileSync('.env.example', 'utf8')))
    const secret = /SECRET$|TOKEN$|PRIVATE_KEY$|^DATABASE_URL$|^SMTP_URL$|^REDIS_URL$|^DATA_KEYS$/
    const own = Object.keys(secrets).sort()
    expect(names.filter((name) => secret.test(name)).sort()).toEqual(own)
    expect(Object.keys(SECRETS).sort()).toEqual(own)
  })
})

describe('DATA_KEYS', () => {
  it.each([
    ['a byte short', Buffer.alloc(31, 7).toString('base64url')],
    ['one of two empty', `${DATA_KEY},`],
  ])('%s is refused by its name', async (_, given) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    vi.stubEnv('DATA_KEYS', given)
    await expect(readEnvironment()).rejects.toThrow('Invalid environment variables')
    const lines = JSON.stringify(said.mock.calls)
    expect(lines).toContain('DATA_KEYS')
    expect(lines).toContain('32 bytes in base64url')
    said.mockRestore()
  })

  it('is required in production, and there alone', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    vi.stubEnv('DATA_KEYS', undefined)
    expect((await readEnvironment()).DATA_KEYS).toEqual([])
    vi.stubEnv('NODE_ENV', 'production')
    await expect(readEnvironment()).rejects.toThrow('Invalid environment variables')
    expect(JSON.stringify(said.mock.calls)).toContain('DATA_KEYS')
    said.mockRestore()
  })
})

describe('a secret in production, of all others strong', () => {
  const startWith = async (change: Record<string, string>) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    vi.stubEnv('NODE_ENV', 'production')
    for (const [name, { strong, other }] of Object.entries(SECRETS)) {
      vi.stubEnv(name, strong)
      if (other) vi.stubEnv(...other)
    }
    for (const [name, value] of Object.entries(change)) vi.stubEnv(name, value)
    const outcome = await readEnvironment().then(
      () => 'starts',
      (error: Error) => error.message,
    )
    const lines = outcome + JSON.stringify(said.mock.calls)
    said.mockRestore()
    return lines
  }
  /** Of all secrets and their other halves, those that a line of the log names. */
  const namesIn = (lines: string) => {
    const others = Object.values(SECRETS).flatMap(({ other }) => (other ? [other[0]] : []))
    return [...Object.keys(SECRETS), ...others].filter((name) =>
      new RegExp(`"${name}"|${name}_FILE`).test(lines),
    )
  }
  const all = Object.keys(SECRETS)

  it('starts: the control', async () => {
    expect(await startWith({})).toBe('starts[]')
  })

  it.each(Object.entries(WEAK))(
    '%s is refused alone and by its name if it is weak',
    async (name, value) => {
      const lines = await startWith({ [name]: value })
      expect(namesIn(lines)).toEqual([name])
      expect(lines).not.toContain(value)
    },
  )

  it.each(all.filter((name) => SECRETS[name]?.isNeeded))(
    '%s is refused if it is missing',
    async (name) => {
      expect(namesIn(await startWith({ [name]: '' }))).toEqual([name])
    },
  )

  const halves = Object.entries(SECRETS).flatMap(([name, { other }]) =>
    other ? [[name], [other[0]]] : [],
  )
  it.each(halves)('%s is named if it is missing beside its other half', async (name) => {
    const lines = await startWith({ [name]: '' })
    expect(namesIn(lines)).toEqual([name])
    expect(lines).toContain('not set, while')
  })

  it.each(all)(
    '%s is named if its file is not there, empty, or beside the variable',
    async (name) => {
      const file = path.join(folder, `${name}-empty`)
      writeFileSync(file, '')
      const change = { [name]: '', [`${name}_FILE`]: path.join(folder, 'none') }
      for (const each of [
        change,
        { ...change, [`${name}_FILE`]: file },
        { [`${name}_FILE`]: file },
      ])
        expect(namesIn(await startWith(each))).toEqual([name])
    },
  )
})

describe('a secret in production', () => {
  const strong = {
    NODE_ENV: 'production',
    DATABASE_URL: 'postgresql://app:pw@db/bobjool',
    DATA_KEYS: randomBytes(32).toString('base64url'),
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    CRON_SECRET: randomBytes(32).toString('base64url'),
    MAIL_HOOK_SECRET: `whsec_${randomBytes(24).toString('base64')}`,
  }
  const startWith = (change: Record<string, string>) => {
    for (const [name, value] of Object.entries({ ...strong, ...change })) vi.stubEnv(name, value)
    return readEnvironment()
  }

  it('that is random starts', async () => {
    expect((await startWith({})).CRON_SECRET).toBe(strong.CRON_SECRET)
  })

  it.each([
    ['AUTH_SECRET', 'a-short-one-0123456789', /has 22 characters, and needs 32/],
    ['AUTH_SECRET', 'changemechangemechangemechangeme', /can be guessed/],
    ['AUTH_SECRET', `${strong.AUTH_SECRET},${'a'.repeat(40)}`, /can be guessed/],
    ['CRON_SECRET', 'your-cron-secret-change-this-please-now', /can be guessed/],
    ['METRICS_TOKEN', 'metrics-token-metrics-token-metrics', /can be guessed/],
    ['MAIL_HOOK_SECRET', 'whsec_c2VjcmV0', /needs 32/],
    ['DATA_KEYS', 'A'.repeat(43), /can be guessed/],
    ['DATABASE_URL', 'postgresql://bobjool_app:password@db/bobjool', /password of .env.example/],
  ])('%s "%s" is refused by its name, and says how to make one', async (name, value, words) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    await expect(startWith({ [name]: value })).rejects.toThrow('Invalid environment variables')
    const lines = JSON.stringify(said.mock.calls)
    expect(lines).toContain(name)
    expect(lines).toMatch(words)
    if (name !== 'DATABASE_URL') expect(lines).toContain('randomBytes(32)')
    // Nothing of the secret itself goes to the log.
    expect(lines).not.toContain(value)
    said.mockRestore()
  })

  it('in development only warns', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    await startWith({ NODE_ENV: 'development', AUTH_SECRET: 'short' })
    expect(warn.mock.calls.flat().join(' ')).toMatch(/AUTH_SECRET has 5 characters, and needs 32/)
    warn.mockClear()
    await startWith({ NODE_ENV: 'development' })
    expect(warn).not.toHaveBeenCalled()
    warn.mockRestore()
  })
})
