import { describe, expect, test } from 'vitest'
import { sayReason } from './usual-reason.rules'

describe('words: why a restaurant has cancelled', () => {
  test('are in the reader’s language where the reason is a usual one', () => {
    const asked = { reason: null, usualReason: 'SOLD_OUT' as const }
    expect(sayReason({ ...asked, locale: 'ko' })).toBe('재료가 떨어졌어요')
    expect(sayReason({ ...asked, locale: 'en' })).toBe('We have no ingredients left')
  })

  test('stay as they were typed', () => {
    const asked = { reason: '가스 점검', usualReason: null }
    expect(sayReason({ ...asked, locale: 'en' })).toBe('가스 점검')
    expect(sayReason({ reason: null, usualReason: null, locale: 'en' })).toBeNull()
  })
})
