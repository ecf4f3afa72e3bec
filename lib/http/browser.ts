import type { Locale } from '@/lib/i18n/locale'

/** The first match counts: apps and makers add their name to that of the engine. */
const browsers = {
  KAKAOTALK: /\bKAKAOTALK\b/i,
  NAVER: /\bNAVER\(/,
  INSTAGRAM: /\bInstagram\b/,
  FACEBOOK: /\bFBA[NV]\/|\bFB_IAB\//,
  LINE: /\bLine\/\d/,
  SAMSUNG: /\bSamsungBrowser\//,
  WHALE: /\bWhale\//,
  EDGE: /\bEdg(?:e|A|iOS)?\//,
  OPERA: /\bOP[RT]\//,
  FIREFOX: /\b(?:Firefox|FxiOS)\//,
  CHROME: /\b(?:Chrome|CriOS)\//,
  SAFARI: /\bSafari\//,
} as const

const systems = {
  ANDROID: /\bAndroid\b/,
  IPHONE: /\biPhone\b|\biPod\b/,
  IPAD: /\biPad\b/,
  WINDOWS: /\bWindows\b/,
  CHROME_OS: /\bCrOS\b/,
  MAC: /\bMacintosh\b/,
  LINUX: /\bLinux\b/,
} as const

export type BrowserName = keyof typeof browsers | 'OTHER'
export type SystemName = keyof typeof systems | 'OTHER'
export type Browser = { browser: BrowserName; system: SystemName }

const names: Record<Locale, Record<BrowserName | SystemName, string>> = {
  ko: {
    KAKAOTALK: '카카오톡',
    NAVER: '네이버 앱',
    INSTAGRAM: '인스타그램',
    FACEBOOK: '페이스북',
    LINE: '라인',
    SAMSUNG: '삼성 인터넷',
    WHALE: '웨일',
    EDGE: '엣지',
    OPERA: '오페라',
    FIREFOX: '파이어폭스',
    CHROME: '크롬',
    SAFARI: '사파리',
    ANDROID: 'Android',
    IPHONE: 'iPhone',
    IPAD: 'iPad',
    WINDOWS: 'Windows',
    CHROME_OS: 'ChromeOS',
    MAC: 'Mac',
    LINUX: 'Linux',
    OTHER: '',
  },
  en: {
    KAKAOTALK: 'KakaoTalk',
    NAVER: 'Naver app',
    INSTAGRAM: 'Instagram',
    FACEBOOK: 'Facebook',
    LINE: 'LINE',
    SAMSUNG: 'Samsung Internet',
    WHALE: 'Whale',
    EDGE: 'Edge',
    OPERA: 'Opera',
    FIREFOX: 'Firefox',
    CHROME: 'Chrome',
    SAFARI: 'Safari',
    ANDROID: 'Android',
    IPHONE: 'iPhone',
    IPAD: 'iPad',
    WINDOWS: 'Windows',
    CHROME_OS: 'ChromeOS',
    MAC: 'Mac',
    LINUX: 'Linux',
    OTHER: '',
  },
}
const unknownDevice: Record<Locale, string> = { ko: '알 수 없는 기기', en: 'Unknown device' }
const unknown: Record<Locale, string> = { ko: '알 수 없는 브라우저', en: 'Unknown browser' }

function isKeyOf<Key extends string>(table: Record<Key, unknown>, key: string): key is Key {
  return Object.hasOwn(table, key)
}

function firstMatch<Name extends string>(table: Record<Name, RegExp>, text: string): Name | null {
  for (const name in table) if (table[name].test(text)) return name
  return null
}

/** The browser and its system, by what it says of itself: fit to recognise one's own, no proof. */
export function readBrowser(userAgent: string | null): Browser {
  const text = userAgent?.slice(0, 1_000) ?? ''
  return {
    browser: firstMatch(browsers, text) ?? 'OTHER',
    system: firstMatch(systems, text) ?? 'OTHER',
  }
}

/**
 * A browser in words a person recognises, "삼성 인터넷 · Android". Only names of ours, so that the
 * text a stranger's browser sends reaches no page and no mail.
 */
export function describeBrowser({
  browser,
  system,
  locale,
}: {
  browser: string
  system: string
  locale: Locale
}): string {
  const known = names[locale]
  const parts = [browser, system].flatMap((name) =>
    isKeyOf(known, name) && known[name] ? [known[name]] : [],
  )
  return parts.join(' · ') || unknown[locale]
}

const inApp = ['KAKAOTALK', 'NAVER', 'INSTAGRAM', 'FACEBOOK', 'LINE'] as const
export type InAppBrowser = (typeof inApp)[number]

/** A device in the same words, the thing in the hand first: "iPhone · 사파리". */
export function describeDevice({
  browser,
  system,
  locale,
}: {
  browser: string
  system: string
  locale: Locale
}): string {
  const nothing = { browser: 'OTHER', system: 'OTHER', locale }
  const parts = [
    { ...nothing, system },
    { ...nothing, browser },
  ].map(describeBrowser)
  return parts.filter((part) => part !== unknown[locale]).join(' · ') || unknownDevice[locale]
}

/** The app whose own browser shows the page. Null: a browser of its own. */
export function readInApp(userAgent: string | null): InAppBrowser | null {
  const { browser } = readBrowser(userAgent)
  return inApp.find((name) => name === browser) ?? null
}

export type InAppNeed = 'download' | 'push' | 'passkey' | 'kakao' | 'naver'

/**
 * Whether an app's own browser can't do what a page offers: none keeps a file, receives pushes or
 * has passkeys, and each lets people sign in through the app's own maker only.
 */
export function isLacking({ inApp, need }: { inApp: InAppBrowser; need: InAppNeed }): boolean {
  const ownMaker = { KAKAOTALK: 'kakao', NAVER: 'naver', INSTAGRAM: '', FACEBOOK: '', LINE: '' }
  return ownMaker[inApp] !== need
}

/**
 * The address that opens a page in the system's own browser. Null: the app offers no way, and its
 * user has to copy the page's address. `href` is a page of ours.
 */
export function linkOutside({
  inApp,
  system,
  href,
}: {
  inApp: InAppBrowser
  system: SystemName
  href: string
}): string | null {
  const url = new URL(href)
  if (inApp === 'KAKAOTALK')
    return `kakaotalk://web/openExternal?url=${encodeURIComponent(url.href)}`
  if (inApp === 'LINE') {
    url.searchParams.set('openExternalBrowser', '1')
    return url.href
  }
  if (system !== 'ANDROID') return null
  // Android ends the address at "#Intent;", so the page's own fragment has to go.
  const intent = [
    `scheme=${url.protocol.slice(0, -1)}`,
    'action=android.intent.action.VIEW',
    'category=android.intent.category.BROWSABLE',
    `S.browser_fallback_url=${encodeURIComponent(url.href)}`,
  ]
  return `intent://${url.host}${url.pathname}${url.search}#Intent;${intent.join(';')};end`
}
