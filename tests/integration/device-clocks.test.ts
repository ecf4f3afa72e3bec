import { expect, test } from 'vitest'
import { checkDeviceClocks } from '@/local/checks/device-clocks'

const check = (source: string, file = 'components/line/planted.tsx') =>
  checkDeviceClocks({ file, source }).map(({ message }) => message)

test.each([
  'const now = Date.now()',
  'const readNow = Date.now',
  'const now = new Date()',
  'const now = new Date',
  'const text = Date()',
])('a device clock set while a page is open: components may not say %s', (source) => {
  expect(check(source)).toEqual([expect.stringContaining('reads the device’s clock')])
})

test.each([
  'new Date(startsAt)',
  'Date.parse(startsAt)',
  'readLocalDate({ at })',
  'formatDate({})',
])('%s reads no clock', (source) => {
  expect(check(source)).toEqual([])
})

test('servers and tests may read theirs', () => {
  for (const file of ['lib/redis/limit.ts', 'components/ui/client/poll.test.ts'])
    expect(check('Date.now()', file)).toEqual([])
})
