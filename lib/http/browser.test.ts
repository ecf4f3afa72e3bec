import { describe, expect, it } from 'vitest'
import {
  describeBrowser,
  type InAppNeed,
  isLacking,
  linkOutside,
  readBrowser,
  readInApp,
} from './browser'

const phone = 'Mozilla/5.0 (Linux; Android 14; SM-S921N) AppleWebKit/537.36 (KHTML, like Gecko)'
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'

/** What browsers say of themselves, how they are named, and whether an app shows the page. */
const told: [string, string, string, string | null][] = [
  [
    `${phone} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
    '삼성 인터넷 · Android',
    'Samsung Internet · Android',
    null,
  ],
  [`${phone} Chrome/126.0.0.0 Mobile Safari/537.36`, '크롬 · Android', 'Chrome · Android', null],
  [
    `${phone} Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36;KAKAOTALK 2410500`,
    '카카오톡 · Android',
    'KakaoTalk · Android',
    'KAKAOTALK',
  ],
  [
    `${iphone} Mobile/15E148 KAKAOTALK/10.8.5 (INAPP)`,
    '카카오톡 · iPhone',
    'KakaoTalk · iPhone',
    'KAKAOTALK',
  ],
  [
    `${phone} Version/4.0 Chrome/126.0.0.0 Whale/1.0.0.0 Mobile Safari/537.36 NAVER(inapp; search; 2000; 12.5.3)`,
    '네이버 앱 · Android',
    'Naver app · Android',
    'NAVER',
  ],
  [
    `${iphone} Mobile/15E148 NAVER(inapp; search; 2000; 12.5.3; 15PRO)`,
    '네이버 앱 · iPhone',
    'Naver app · iPhone',
    'NAVER',
  ],
  [
    `${phone} Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 Instagram 334.0.0.42.95 Android`,
    '인스타그램 · Android',
    'Instagram · Android',
    'INSTAGRAM',
  ],
  [
    `${iphone} Mobile/15E148 Instagram 334.0.0.42.95 (iPhone14,5; iOS 17_5)`,
    '인스타그램 · iPhone',
    'Instagram · iPhone',
    'INSTAGRAM',
  ],
  [
    `${phone} Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/467.0.0.45;]`,
    '페이스북 · Android',
    'Facebook · Android',
    'FACEBOOK',
  ],
  [
    `${iphone} Mobile/15E148 [FBAN/FBIOS;FBAV/467.0.0.45]`,
    '페이스북 · iPhone',
    'Facebook · iPhone',
    'FACEBOOK',
  ],
  [`${iphone} Mobile/15E148 Safari Line/14.9.1`, '라인 · iPhone', 'LINE · iPhone', 'LINE'],
  [`${iphone} Version/17.5 Mobile/15E148 Safari/604.1`, '사파리 · iPhone', 'Safari · iPhone', null],
  [
    `${iphone} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`,
    '크롬 · iPhone',
    'Chrome · iPhone',
    null,
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
    '엣지 · Windows',
    'Edge · Windows',
    null,
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Whale/3.27.254.15 Safari/537.36',
    '웨일 · Windows',
    'Whale · Windows',
    null,
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0',
    '파이어폭스 · Mac',
    'Firefox · Mac',
    null,
  ],
  ['curl/8.6.0', '알 수 없는 브라우저', 'Unknown browser', null],
  ['', '알 수 없는 브라우저', 'Unknown browser', null],
  ['Line up at an Online/1 shop', '알 수 없는 브라우저', 'Unknown browser', null],
]

describe('a browser', () => {
  it.each(told)('%s', (userAgent, ko, en, inApp) => {
    const read = readBrowser(userAgent)
    expect(describeBrowser({ ...read, locale: 'ko' })).toBe(ko)
    expect(describeBrowser({ ...read, locale: 'en' })).toBe(en)
    expect(readInApp(userAgent)).toBe(inApp)
  })

  it('is never named by a stranger’s own words', () => {
    const hostile = '<b>Call 010-0000-0000</b> now'
    expect(describeBrowser({ ...readBrowser(hostile), locale: 'ko' })).toBe('알 수 없는 브라우저')
    expect(describeBrowser({ browser: hostile, system: '__proto__', locale: 'en' })).toBe(
      'Unknown browser',
    )
  })
})

describe('an app’s own browser', () => {
  const needs: InAppNeed[] = ['download', 'push', 'kakao', 'naver']
  const lacking = (inApp: Parameters<typeof isLacking>[0]['inApp']) =>
    needs.filter((need) => isLacking({ inApp, need }))

  it('lacks files, pushes and the sign-in of other makers', () => {
    expect(lacking('KAKAOTALK')).toEqual(['download', 'push', 'naver'])
    expect(lacking('NAVER')).toEqual(['download', 'push', 'kakao'])
    for (const inApp of ['INSTAGRAM', 'FACEBOOK', 'LINE'] as const)
      expect(lacking(inApp)).toEqual(needs)
  })

  const href = 'https://bobjool.example/en/sign-in?callbackUrl=%2Fen%2Fx%3Fa%3D1%26b%3D2#top'
  const leave = (inApp: Parameters<typeof linkOutside>[0]['inApp'], system: 'ANDROID' | 'IPHONE') =>
    linkOutside({ inApp, system, href })

  it('of KakaoTalk opens the system’s by its own address, whatever the phone', () => {
    for (const system of ['ANDROID', 'IPHONE'] as const)
      expect(leave('KAKAOTALK', system)).toBe(
        `kakaotalk://web/openExternal?url=${encodeURIComponent(href)}`,
      )
  })

  it('on Android opens it by an intent that carries the whole query', () => {
    for (const inApp of ['NAVER', 'INSTAGRAM', 'FACEBOOK'] as const) {
      const [address = '', terms = ''] = (leave(inApp, 'ANDROID') ?? '').split('#Intent;')
      expect(address).toBe(
        'intent://bobjool.example/en/sign-in?callbackUrl=%2Fen%2Fx%3Fa%3D1%26b%3D2',
      )
      expect(terms.split(';')).toEqual([
        'scheme=https',
        'action=android.intent.action.VIEW',
        'category=android.intent.category.BROWSABLE',
        `S.browser_fallback_url=${encodeURIComponent(href)}`,
        'end',
      ])
    }
  })

  it('of LINE opens it by a parameter, and on an iPhone of the others only by hand', () => {
    expect(new URL(leave('LINE', 'IPHONE') ?? '').searchParams.get('openExternalBrowser')).toBe('1')
    for (const inApp of ['NAVER', 'INSTAGRAM', 'FACEBOOK'] as const)
      expect(leave(inApp, 'IPHONE')).toBeNull()
  })
})
