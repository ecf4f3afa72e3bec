import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decryptValue, encryptValue, readDataKey, type SealedPlace } from './encrypted-value'

const makeKey = (bytes: Buffer = randomBytes(32)) => {
  const key = readDataKey(bytes.toString('base64url'))
  if (!key) throw new Error('expected a key')
  return key
}
const key = makeKey()
const other = makeKey()
const text = 'https://hooks.slack.com/services/T0/B0/주방'
const place: SealedPlace = { table: 'slack_hooks', column: 'url', rowId: 'a' }
const stored = encryptValue({ text, place, keys: [key] })

/** The stored text with one of its bytes changed. */
function flip(index: number): string {
  const [prefix, id, packed = ''] = stored.split(':')
  const bytes = Buffer.from(packed, 'base64url')
  bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index)
  return [prefix, id, bytes.toString('base64url')].join(':')
}
const packedLength = Buffer.from(stored.split(':')[2] ?? '', 'base64url').length

describe('a sealed secret', () => {
  it('opens in its own row and column, and shows nothing of itself', () => {
    expect(decryptValue({ stored, place, keys: [key] })).toEqual({ state: 'opened', text })
    expect(stored).toMatch(/^sealed:[0-9a-f]{8}:[\w-]+$/)
    expect(stored).not.toContain(Buffer.from(text).toString('base64url').slice(0, 20))
  })

  it('is another text each time', () => {
    expect(encryptValue({ text, place, keys: [key] })).not.toBe(stored)
  })

  it('tampered with in any byte does not open', () => {
    for (let index = 0; index < packedLength; index += 1)
      expect(decryptValue({ stored: flip(index), place, keys: [key] })).toEqual({ state: 'broken' })
  })

  it.each<[string, Partial<SealedPlace>]>([
    ['row', { rowId: 'b' }],
    ['column', { column: 'endpoint' }],
    ['table', { table: 'guest_devices' }],
  ])('moved to another %s does not open', (_, moved) => {
    const there = { ...place, ...moved }
    expect(decryptValue({ stored, place: there, keys: [key] })).toMatchObject({ state: 'broken' })
  })

  it('names its key, and another one’s id does not help', () => {
    expect(decryptValue({ stored, place, keys: [other] })).toEqual({
      state: 'unknown-key',
      keyId: key.id,
    })
    const renamed = stored.replace(key.id, other.id)
    expect(decryptValue({ stored: renamed, place, keys: [other] })).toMatchObject({
      state: 'broken',
    })
    expect(decryptValue({ stored, place, keys: [other, key] })).toMatchObject({ state: 'opened' })
  })

  it.each([
    ['nothing', 'sealed:'],
    ['no value', `sealed:${key.id}:`],
    ['less than a tag', `sealed:${key.id}:AAAA`],
    ['another alphabet', `${stored}=`],
    ['a second spelling', `${stored.slice(0, -1)}${stored.endsWith('A') ? 'B' : 'A'}`],
    ['an end missing', stored.slice(0, -2)],
  ])('of %s does not open', (_, cut) => {
    expect(decryptValue({ stored: cut, place, keys: [key] })).toMatchObject({ state: 'broken' })
  })

  it('stored in plain before secrets were sealed is itself', () => {
    expect(decryptValue({ stored: text, place, keys: [] })).toEqual({ state: 'plain', text })
  })
})

describe('a key for secrets', () => {
  it('has 32 bytes, in base64url or base64', () => {
    const bytes = Buffer.alloc(32, 0xfb)
    for (const spelt of [bytes.toString('base64url'), bytes.toString('base64')])
      expect(readDataKey(spelt)?.bytes).toEqual(bytes)
  })

  it.each([
    ['is empty', ''],
    ['is a byte short', randomBytes(31).toString('base64url')],
    ['is a byte long', randomBytes(33).toString('base64url')],
    ['is hex', randomBytes(32).toString('hex')],
    ['ends with a line break', `${randomBytes(32).toString('base64url')}\n`],
  ])('that %s is none', (_, given) => {
    expect(readDataKey(given)).toBeNull()
  })

  it('has an id of its own, the same in every process', () => {
    expect(makeKey(key.bytes).id).toBe(key.id)
    expect(other.id).not.toBe(key.id)
  })
})
