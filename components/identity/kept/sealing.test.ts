import { describe, expect, test } from 'vitest'
import { importKey, openText, sealText } from './sealing'

const [ownKey, otherKey] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64url'))
const text = JSON.stringify({ name: '김민수', note: '창가'.repeat(20_000) })

async function seal() {
  const key = await importKey(ownKey ?? '')
  return { key, sealed: await sealText({ key, place: 'today', text }) }
}

describe('what a browser seals', () => {
  test('opens by the same key at the same place, and shows nothing of itself', async () => {
    const { key, sealed } = await seal()
    expect(await openText({ key, place: 'today', sealed })).toBe(text)
    expect(atob(sealed.split('.')[1] ?? '')).not.toContain('name')
    expect(sealed).not.toContain('김민수')
  })

  test('is another each time', async () => {
    const { key, sealed } = await seal()
    expect(await sealText({ key, place: 'today', text })).not.toBe(sealed)
  })

  test('does not open by another session’s key, at another place, or once it was changed', async () => {
    const { key, sealed } = await seal()
    const other = await importKey(otherKey ?? '')
    expect(await openText({ key: other, place: 'today', sealed })).toBeNull()
    expect(await openText({ key, place: 'tomorrow', sealed })).toBeNull()
    const [nonce, bytes = ''] = sealed.split('.')
    const changed = `${nonce}.${bytes.startsWith('A') ? 'B' : 'A'}${bytes.slice(1)}`
    expect(await openText({ key, place: 'today', sealed: changed })).toBeNull()
    expect(await openText({ key, place: 'today', sealed: 'nonsense' })).toBeNull()
  })

  test('is sealed by a key that no script can read out', async () => {
    const key = await importKey(ownKey ?? '')
    expect(key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  })
})
