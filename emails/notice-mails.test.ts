import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { mailKinds } from '@/domain/notification/types'
import { composeNotice } from './notice-mails'

const payload = {
  reservationId: '0b0e7c1e-6c1c-4b53-9d6c-0a5c3f6f2f10',
  status: 'CONFIRMED',
  serviceDate: '2026-11-22',
  startsAt: '2026-11-22T10:00:00.000Z',
  endsAt: '2026-11-22T11:30:00.000Z',
  partySize: 2,
  note: null,
  sequence: 0,
  holdExpiresAt: '2026-11-22T01:12:14.000Z',
  cancelledBy: null,
  dinerName: '김하늘',
  tableNumbers: [3],
  restaurant: {
    slug: 'friday',
    name: '금요식당',
    nameEn: 'Friday Table',
    address: '서울 성동구 성수이로7길 12',
    phone: '02-462-1234',
    timeZone: 'Asia/Seoul',
  },
}
const link = `https://bobjool.example/reservations/${payload.reservationId}`

/** One party on the day sheet. */
const sheetLine = (dinerName: string, note: string) => ({
  startsAt: payload.startsAt,
  partySize: 2,
  isHeld: true,
  tableNumbers: [3],
  dinerName,
  note,
  allergies: note,
})

type Changes = { kind?: string; locale?: string; payload?: unknown }

function attempt(changes: Changes = {}) {
  return composeNotice({
    kind: 'RESERVATION_CONFIRMED',
    locale: 'ko',
    payload,
    queuedAt: new Date('2026-11-22T01:02:14Z'),
    appUrl: 'https://bobjool.example',
    sender: { name: '밥줄', address: 'no-reply@bobjool.example', domain: 'bobjool.example' },
    sealLink: ({ kind, id }) => `sealed-${kind}-${id}`,
    ...changes,
  })
}

async function compose(changes: Changes = {}) {
  const composed = await attempt(changes)
  if (!composed.ok) throw new Error(`${composed.reason}: ${composed.detail}`)
  return composed.mail
}

const cancelled = (cancelledBy: string) => ({
  kind: 'RESERVATION_CANCELLED',
  payload: { ...payload, status: 'CANCELLED', sequence: 1, cancelledBy },
})

describe('a confirmed reservation', () => {
  it('says in Korean when, where, for how many, and where to see it', async () => {
    const { subject, html, text } = await compose()
    expect(subject).toBe('예약이 확정됐어요 · 금요식당 11월 22일(일) 19:00')
    for (const part of [html, text]) {
      expect(part).toContain('2026년 11월 22일 일요일')
      expect(part).toContain('19:00')
      expect(part).toContain('20:30까지')
      expect(part).toContain('서울 성동구 성수이로7길 12')
      expect(part).toContain('02-462-1234')
      expect(part).toContain(link)
    }
    expect(text).toContain('19:00 2명')
    expect(html).toContain('<html dir="ltr" lang="ko">')
  })

  it('says the same in English, with the restaurant’s English name and its zone', async () => {
    const { subject, text } = await compose({ locale: 'en' })
    expect(subject).toBe('You’re booked · Friday Table, Sun, Nov 22, 19:00')
    expect(text).toContain('Sunday, November 22, 2026')
    expect(text).toContain('19:00 2 guests')
    expect(text).toContain('GMT+09:00')
    expect(text).toContain(`https://bobjool.example/en/reservations/${payload.reservationId}`)
  })

  it('names the evening when the table is for after midnight', async () => {
    const late = { startsAt: '2026-11-22T15:30:00.000Z', endsAt: '2026-11-22T17:00:00.000Z' }
    const { subject, text } = await compose({ payload: { ...payload, ...late } })
    expect(subject).toContain('11월 23일(월) 00:30 (일요일 밤)')
    expect(text).toContain('11월 22일(일) 밤에 이어지는 자리예요')
  })

  it.each([
    ['ko', '내일 밤 예약이 있어요 · 금요식당 11월 23일(월) 00:30 (일요일 밤)'],
    ['en', 'See you tomorrow night · Friday Table, Mon, Nov 23, 00:30 (Sunday night)'],
  ] as const)('reminds of a table after midnight by its night, %s', async (locale, expected) => {
    const late = { startsAt: '2026-11-22T15:30:00.000Z', endsAt: '2026-11-22T17:00:00.000Z' }
    const { subject } = await compose({
      kind: 'RESERVATION_TOMORROW',
      locale,
      payload: { ...payload, ...late },
    })
    expect(subject).toBe(expected)
  })

  it('shows the wall time of a restaurant abroad across a clock change, and says whose time it is', async () => {
    const restaurant = { ...payload.restaurant, timeZone: 'America/New_York' }
    const { text } = await compose({ payload: { ...payload, restaurant } })
    expect(text).toContain('05:00 2명')
    expect(text).toContain('GMT-05:00')
  })

  it.each(['RESERVATION_HELD', 'RESERVATION_CONFIRMED', 'RESERVATION_SOON'])(
    'tells the allergies that the restaurant was told (%s)',
    async (kind) => {
      const allergies = '땅콩, 새우\n복숭아'
      const told = await compose({ kind, payload: { ...payload, allergies } })
      for (const part of [told.html, told.text]) expect(part).toContain('땅콩, 새우')
      expect(told.text).toContain('알레르기 땅콩, 새우\n복숭아')
      const { text } = await compose({ kind, locale: 'en', payload: { ...payload, allergies } })
      expect(text).toContain('Allergies 땅콩, 새우\n복숭아')
      expect((await compose({ kind })).text).not.toContain('알레르기')
    },
  )

  it.each([
    ['ko', '늦는다고 알리기 · 예약 취소하기', '5분, 15분, 30분'],
    ['en', 'Say you’re late, or cancel', '5, 15 or 30 minutes'],
  ])('two hours before, says how to tell that one is late (%s)', async (locale, action, how) => {
    const { text, html } = await compose({ kind: 'RESERVATION_SOON', locale })
    for (const part of [text, html]) {
      expect(part).toContain(action)
      expect(part).toContain(how)
      expect(part).toContain('/cancel/sealed-cancel-')
    }
    const { text: earlier } = await compose({ kind: 'RESERVATION_TOMORROW', locale })
    expect(earlier).not.toContain(action)
  })

  it('carries a valid calendar file', async () => {
    const { calendar } = await compose()
    const entry = new ICAL.Component(ICAL.parse(calendar?.content ?? '')).getFirstSubcomponent(
      'vevent',
    )
    expect(entry?.getFirstPropertyValue('uid')).toBe(`reservation-${payload.reservationId}@bobjool`)
  })

  it('G17: is the same mail each time it is written', async () => {
    expect(await compose()).toEqual(await compose())
  })
})

describe('a cancelled reservation', () => {
  it.each([
    ['DINER', '예약을 취소했어요', '요청하신 대로 취소했어요'],
    ['OWNER', '식당이 예약을 취소했어요', '금요식당에서 이 예약을 취소했어요'],
    ['ADMIN', '예약이 취소됐어요', '밥줄 운영팀이 이 예약을 취소했어요'],
  ])('tells that it was by %s', async (by, title, reason) => {
    const { subject, text } = await compose(cancelled(by))
    expect(subject).toBe(`${title} · 금요식당 11월 22일(일) 19:00`)
    expect(text).toContain(reason)
    expect(text).toContain('https://bobjool.example/restaurants/friday')
    expect(text).toContain(link)
  })

  it('removes the calendar entry', async () => {
    const { calendar } = await compose(cancelled('OWNER'))
    expect(calendar?.method).toBe('CANCEL')
  })
})

describe('what people typed', () => {
  const hostile = '<script>alert(1)</script>"\'&<img src=x onerror=alert(2)>'
  const ofAccounts = {
    linkId: payload.reservationId,
    invitationId: payload.reservationId,
    expiresAt: '2026-11-23T10:00:00.000Z',
    closesAt: '2026-12-23T10:00:00.000Z',
    role: 'STAFF',
    provider: 'kakao',
    reservations: [sheetLine('김하늘', '창가')],
    reservationCount: 1,
    guestCount: 2,
    ticketId: payload.reservationId,
    number: 17,
    place: 3,
    hasAccount: false,
    lapsesAt: null,
    openingId: payload.reservationId,
    opensAt: '2026-11-22T01:00:00.000Z',
    orderBy: 'DRAW',
    changedBy: 'OWNER',
    before: {
      serviceDate: '2026-11-21',
      startsAt: '2026-11-21T10:00:00.000Z',
      endsAt: '2026-11-21T11:30:00.000Z',
    },
  }
  const everywhere = {
    ...payload,
    ...ofAccounts,
    accountName: hostile,
    email: hostile,
    inviterName: hostile,
    restaurantName: hostile,
    reason: hostile,
    reservations: [sheetLine(hostile, hostile)],
    cancelledBy: 'OWNER',
    note: `${hostile}\r\n</bdi></table>둘째 줄`,
    dinerName: hostile,
    restaurant: {
      ...payload.restaurant,
      name: hostile,
      nameEn: hostile,
      address: hostile,
      phone: `02"onclick="alert(1)${hostile}`,
      slug: 'friday"><script>',
    },
  }

  it.each(mailKinds.flatMap((kind) => [[kind, 'ko'] as const, [kind, 'en'] as const]))(
    'G18: reaches the HTML of %s (%s) only escaped',
    async (kind, locale) => {
      const { html } = await compose({ kind, locale, payload: everywhere })
      const harmless = await compose({
        kind,
        locale,
        payload: {
          ...payload,
          ...ofAccounts,
          cancelledBy: 'OWNER',
          note: 'x\ny',
          accountName: 'a',
          email: 'a@x.test',
          inviterName: 'b',
          restaurantName: 'd',
          reason: 'c',
        },
      })
      const listTags = (markup: string) =>
        markup.match(/<[^>]*>/g)?.map((tag) => tag.split(/[\s>]/)[0])
      expect(listTags(html)).toEqual(listTags(harmless.html))
      expect(html).not.toContain('<script')
      expect(html).not.toContain('<img')
      // To an address that nobody has confirmed, nothing is sent that a person typed.
      const typed = html.includes('&lt;script&gt;alert(1)&lt;/script&gt;')
      expect(typed).toBe(kind !== 'CONFIRM_ADDRESS')
    },
  )

  it('G18: stays readable in the text part, line by line', async () => {
    const { text } = await compose({
      payload: { ...payload, note: '창가 자리 <3\r\n땅콩 알레르기' },
    })
    expect(text).toContain('창가 자리 <3\n땅콩 알레르기')
  })

  it('G18: can’t break the subject’s line or turn its direction', async () => {
    const name = '금요\u202e식당\r\nBcc: victim@x.test'
    const { subject } = await compose({
      payload: { ...payload, restaurant: { ...payload.restaurant, name } },
    })
    expect(subject).toBe('예약이 확정됐어요 · 금요식당 Bcc: victim@x.test 11월 22일(일) 19:00')
  })

  it('G18: isolates each name, so that a right-to-left one turns nothing around it', async () => {
    const name = 'مطعم الجمعة'
    const { html } = await compose({
      payload: { ...payload, restaurant: { ...payload.restaurant, name } },
    })
    expect(html).toContain(`<bdi>${name}</bdi>`)
  })
})

describe('a notice that can’t become a mail', () => {
  it.each([
    [{ kind: 'HELLO' }, 'unknown-kind', 'HELLO'],
    [{ kind: '__proto__' }, 'unknown-kind', '__proto__'],
    [{ locale: 'fr' }, 'unknown-locale', 'fr'],
    [{ payload: null }, 'bad-payload', 'payload'],
    [{ payload: [] }, 'bad-payload', 'payload'],
    [{ payload: { ...payload, partySize: 0 } }, 'bad-payload', 'partySize'],
    [{ payload: { ...payload, startsAt: 'tomorrow' } }, 'bad-payload', 'startsAt'],
    [
      { payload: { ...payload, restaurant: { ...payload.restaurant, timeZone: 'Asia/Nowhere' } } },
      'bad-payload',
      'restaurant.timeZone',
    ],
    [{ kind: 'RESERVATION_CANCELLED' }, 'bad-payload', 'cancelledBy'],
  ])('G17: %j is told as %s', async (changes, reason, detail) => {
    expect(await attempt(changes)).toEqual({ ok: false, reason, detail })
  })
})

describe('words: why a restaurant has cancelled', () => {
  const cancelled = { ...payload, status: 'CANCELLED', cancelledBy: 'OWNER', reason: '가스 점검' }
  const kind = 'RESERVATION_CANCELLED'

  it('stands in the mail as what the restaurant says', async () => {
    const korean = await compose({ kind, payload: cancelled })
    expect(korean.text).toContain('식당이 남긴 말: 가스 점검')
    const english = await compose({ kind, locale: 'en', payload: cancelled })
    expect(english.text).toContain('From the restaurant: 가스 점검')
  })

  it('stands in the reader’s language where it is a usual one', async () => {
    const usual = { ...cancelled, reason: null, usualReason: 'SOLD_OUT' }
    const korean = await compose({ kind, payload: usual })
    expect(korean.text).toContain('식당이 남긴 말: 재료가 떨어졌어요')
    const english = await compose({ kind, locale: 'en', payload: usual })
    expect(english.text).toContain('From the restaurant: We have no ingredients left')
  })

  it('stands there as Bobjool’s words where an admin cancelled', async () => {
    const mail = await compose({ kind, payload: { ...cancelled, cancelledBy: 'ADMIN' } })
    expect(mail.text).toContain('밥줄이 남긴 말: 가스 점검')
    expect(mail.text).not.toContain('식당이 남긴 말')
  })
})
