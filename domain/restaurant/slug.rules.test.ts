import { describe, expect, test } from 'vitest'
import { isFreeForSlug, proposeNextSlug, proposeSlug } from './slug.rules'

describe('a proposed slug', () => {
  test.each([
    { name: '금요일의 부엌', nameEn: 'Friday Kitchen', slug: 'friday-kitchen' },
    { name: '금요일의 부엌', nameEn: '', slug: 'geumyoilui-bueok' },
    { name: '값진 밥상', nameEn: '', slug: 'gapjin-bapsang' },
    { name: 'Café Zoë’s', nameEn: '', slug: 'cafe-zoes' },
    { name: '1943 종로', nameEn: '', slug: 'jongro' },
    { name: '🍜🍜', nameEn: '', slug: '' },
    { name: '寿司', nameEn: '', slug: '' },
    { name: '가'.normalize('NFD'), nameEn: '', slug: 'ga' },
  ])('$name, $nameEn: $slug', ({ slug, ...names }) => {
    expect(proposeSlug(names)).toBe(slug)
  })

  test('is cut to sixty letters, without a hyphen at its end', () => {
    const word = proposeSlug({ name: '', nameEn: `${'a'.repeat(59)} b c` })
    expect(word).toBe('a'.repeat(59))
  })

  test('counts up when it is taken', () => {
    expect(proposeNextSlug('garden')).toBe('garden-2')
    expect(proposeNextSlug('garden-2')).toBe('garden-3')
    expect(proposeNextSlug('a'.repeat(60))).toHaveLength(58)
  })

  test('never looks like a restaurant’s id, and is never a reserved word', () => {
    expect(isFreeForSlug('friday')).toBe(true)
    expect(isFreeForSlug('restaurants')).toBe(false)
    expect(isFreeForSlug('abcdef01-2345-4678-9abc-def012345678')).toBe(false)
  })
})
