import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import config from '@/next.config'

const text = readFileSync('docs/security.md', 'utf8')

/** How many requirements of levels 1 and 2 each section of ASVS 5.0.0 begins with; they come first. */
const SECTIONS: Record<string, number> = {
  ...{ '1.1': 2, '1.2': 9, '1.3': 11, '1.4': 3, '1.5': 2 },
  ...{ '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1 },
  ...{ '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5, '3.7': 2 },
  ...{ '4.1': 3, '4.2': 1, '4.3': 2, '4.4': 4 },
  ...{ '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3 },
  ...{ '6.1': 3, '6.2': 11, '6.3': 3, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 3 },
  ...{ '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2 },
  ...{ '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1 },
  ...{ '9.1': 3, '9.2': 4 },
  ...{ '10.1': 2, '10.2': 2, '10.3': 4, '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3 },
  ...{ '11.1': 2, '11.2': 3, '11.3': 3, '11.4': 3, '11.5': 1, '11.6': 1 },
  ...{ '12.1': 3, '12.2': 2, '12.3': 4 },
  ...{ '13.1': 1, '13.2': 5, '13.3': 2, '13.4': 5 },
  ...{ '14.1': 2, '14.2': 4, '14.3': 3 },
  ...{ '15.1': 3, '15.2': 3, '15.3': 7 },
  ...{ '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3 },
}

/** `1.2.6` as a number that sorts; a section stands for its first, or its last, requirement. */
function toOrder(id: string, rest: number): number {
  const [chapter = 0, section = 0, number = rest] = id.split('.').map(Number)
  return chapter * 10_000 + section * 100 + number
}

const named = [
  ...text.matchAll(/(?<![\d.])(\d+\.\d+(?:\.\d+)?)(?:–(\d+\.\d+(?:\.\d+)?))?(?![\d.]*\d)/g),
].map(([, from = '', to = from]) => [toOrder(from, 0), toOrder(to, 99)] as const)

/** `integration/bad-input-*` names all that begin so. */
function isTest(name: string): boolean {
  const [folder = '', file = ''] = name.split('/')
  const files = readdirSync(`tests/${folder}`)
  return file.endsWith('*')
    ? files.some((one) => one.startsWith(file.slice(0, -1)))
    : files.some((one) => one === `${file}.test.ts` || one === `${file}.test.tsx`)
}

describe('docs/security.md', () => {
  test('says of each requirement of ASVS 5.0.0, levels 1 and 2, where it is met, or why not', () => {
    const ids = Object.entries(SECTIONS).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
    )
    const missing = ids.filter(
      (id) => !named.some(([from, to]) => from <= toOrder(id, 0) && toOrder(id, 0) <= to),
    )
    expect(missing).toEqual([])
    expect(ids.length).toBeGreaterThan(200)
  })

  test('names tests that are there', () => {
    const tests = [...text.matchAll(/`((?:integration|concurrency|faults|e2e)\/[\w*-]+)`/g)]
    const gone = tests.filter(([, name]) => !isTest(String(name)))
    expect(gone.map(([, name]) => name)).toEqual([])
    const beside = [...text.matchAll(/`((?:lib|domain|components)\/[\w./-]+\.tsx?)`/g)]
    expect(beside.filter(([, file]) => !existsSync(String(file))).map(([, file]) => file)).toEqual(
      [],
    )
    expect(tests.length).toBeGreaterThan(50)
  })
})

test('SECURITY.md says how to report: where, what, and when an answer comes', () => {
  const page = readFileSync('SECURITY.md', 'utf8')
  expect(page).toMatch(/privately, not in a public issue/)
  expect(page).toContain('Report a vulnerability')
  expect(page).toContain('/.well-known/security.txt')
  expect(page).toMatch(/We answer within \w+ working days/)
})

test('the guide says in which order a key comes in and goes, deployment by deployment', () => {
  const guide = readFileSync('docs/guides/deploy.md', 'utf8')
  for (const name of ['AUTH_SECRET', 'DATA_KEYS']) {
    const steps = [...guide.matchAll(new RegExp(`^\\d\\. .*?\`${name}=([^\`]+)\``, 'gm'))]
    expect(steps.map(([, list]) => list).slice(0, 3), name).toEqual(['old,new', 'new,old', 'new'])
  }
})

test('every answer asks for HTTPS, keeps its type, and names no page to others', async () => {
  const rules = (await config.headers?.()) ?? []
  const everywhere = new Map(
    rules.find(({ source }) => source === '/:path*')?.headers.map(({ key, value }) => [key, value]),
  )
  const hsts = everywhere.get('strict-transport-security') ?? ''
  expect(Number(/max-age=(\d+)/.exec(hsts)?.[1])).toBeGreaterThanOrEqual(365 * 86_400)
  expect(hsts).toContain('includeSubDomains')
  expect(everywhere.get('x-content-type-options')).toBe('nosniff')
  expect(everywhere.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
  const keys = rules.flatMap(({ headers }) => headers.map(({ key }) => key.toLowerCase()))
  expect(keys.filter((key) => key.startsWith('access-control-'))).toEqual([])
})
