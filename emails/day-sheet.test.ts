import { describe, expect, it } from 'vitest'
import { composeNotice } from './notice-mails'
import { samples } from './samples'

/** What Gmail shows without cutting the mail off is 102 KB; a margin is left for its own rewriting. */
const MOST_BYTES = 100_000

const family = '👩‍👩‍👧‍👦'
const hostile = `"'<&>`

type Said = { dinerName?: string; note?: string | null; allergies?: string | null }

const restaurant = { slug: 'friday', name: hostile.repeat(20), timeZone: 'Asia/Seoul' }

async function composeSheet(count: number, said: Said = {}, locale: 'ko' | 'en' = 'ko') {
  const reservations = Array.from({ length: count }, (_, index) => ({
    startsAt: '2026-12-04T10:00:00.000Z',
    partySize: 100,
    tableNumbers: [101, 102, 103, 104],
    isHeld: true,
    dinerName: `손님 ${index + 1}`,
    note: null,
    allergies: null,
    ...said,
  }))
  const composed = await composeNotice({
    kind: 'DAY_SHEET',
    locale,
    payload: {
      ...samples.DAY_SHEET,
      restaurant: { ...restaurant, nameEn: restaurant.name },
      reservations,
      reservationCount: count,
      guestCount: count * 100,
    },
    queuedAt: new Date('2026-12-03T23:00:00Z'),
    appUrl: 'https://bobjool.example',
    sender: { name: '밥줄', address: 'no-reply@bobjool.example', domain: 'bobjool.example' },
    sealLink: () => 'sealed',
  })
  if (!composed.ok) throw new Error(`${composed.reason}: ${composed.detail}`)
  return composed.mail
}

const cutKo = '긴 글은 줄였어요(…). 전체는 현황판에 있어요.'
const cutEn = 'Long texts are cut short (…). The board has them in full.'

describe('a day sheet of a hundred parties', () => {
  it('stays below 100 KB of HTML with every party in it, and leaves nothing out', async () => {
    const note = '창가 자리면 좋겠어요. 생일이에요.'
    const { html, text } = await composeSheet(100, { note, allergies: '땅콩, 새우' })
    expect(Buffer.byteLength(html)).toBeLessThan(MOST_BYTES)
    expect(text.match(/^19:00 /gm)).toHaveLength(100)
    expect(text.match(/알레르기: 땅콩, 새우$/gm)).toHaveLength(100)
    expect(text.match(new RegExp(`: ${note}$`, 'gm'))).toHaveLength(100)
    expect(text).not.toContain(cutKo)
    expect(text).not.toContain('더 있어요')
  })

  it.each([
    ['Korean', '가'],
    ['quotes and ampersands', hostile],
    ['families', family],
    ['line breaks', '가\n'],
  ])('stays below 100 KB with the longest names, notes and allergies in %s', async (_, letter) => {
    const fill = (most: number) => letter.repeat(Math.ceil(most / letter.length)).slice(0, most)
    const said = { dinerName: fill(50), note: fill(500), allergies: fill(200) }
    const { html, text } = await composeSheet(100, said)
    expect(Buffer.byteLength(html)).toBeLessThan(MOST_BYTES)
    // All are listed, or the mail says how many are not, and where they are.
    const listed = text.match(/^19:00 /gm)?.length ?? 0
    expect(listed).toBeGreaterThan(40)
    if (listed < 100)
      expect(text).toContain(`그리고 ${100 - listed}건이 더 있어요. 모두 현황판에 있어요.`)
    expect(text).toContain(cutKo)
  })

  it('cuts notes before allergies, at a whole letter, and says where the rest is', async () => {
    const said = { note: `${family}가`.repeat(40), allergies: '갑각류 전부, 땅콩, 메밀' }
    const { html, text } = await composeSheet(100, said, 'en')
    expect(Buffer.byteLength(html)).toBeLessThan(MOST_BYTES)
    expect(text.match(/Allergies: 갑각류 전부, 땅콩, 메밀$/gm)).toHaveLength(100)
    expect(text).toContain(cutEn)
    const cut = /Note: (.*)…$/m.exec(text)?.[1] ?? ''
    expect(cut.replaceAll(`${family}가`, '')).toMatch(new RegExp(`^(${family})?$`, 'u'))
  })

  it('lists a party in one line each, with its remarks below', async () => {
    const { text } = await composeSheet(2, { allergies: '새우', note: null })
    expect(text).toContain(
      '19:00 손님 1 100명 · 101, 102, 103, 104번 테이블 확정 전\n알레르기: 새우\n\n19:00 손님 2',
    )
  })
})

describe('the button of a day sheet', () => {
  it.each([
    ['ko', '현황판 열기', 'https://bobjool.example'],
    ['en', 'Open the board', 'https://bobjool.example/en'],
  ] as const)(
    'stands above the list and leads to the board of that day (%s)',
    async (locale, label, start) => {
      const { html } = await composeSheet(3, {}, locale)
      const href = `${start}/owner?restaurant=friday&amp;date=2026-12-04`
      expect(html.indexOf(`href="${href}"`)).toBeGreaterThan(0)
      expect(html.indexOf(label)).toBeLessThan(html.indexOf('손님 1'))
      expect(html).not.toContain('/owner/friday"')
    },
  )
})
