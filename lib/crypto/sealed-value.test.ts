import { expect, test } from 'vitest'
import { openValue, sealValue } from './sealed-value'

const until = new Date('2026-11-29T10:10:00Z')
const before = new Date('2026-11-29T10:09:59Z')
const value = { name: '김밥줄', path: '/reservations' }

test('a sealed value opens until its end, and not a moment later', () => {
  const sealed = sealValue({ value, until })
  expect(openValue({ sealed, now: before })).toEqual(value)
  expect(openValue({ sealed, now: until })).toBeNull()
})

test('a changed or invented one does not open', () => {
  const sealed = sealValue({ value, until })
  const [text = '', seal = ''] = sealed.split('.')
  const other = Buffer.from(JSON.stringify({ value: 'x', until: 1e15 })).toString('base64url')
  for (const given of [
    `${other}.${seal}`,
    `${text}.`,
    `${text}.${seal}.x`,
    `${text}.AAAA`,
    '',
    'x',
  ])
    expect(openValue({ sealed: given, now: before })).toBeNull()
})
