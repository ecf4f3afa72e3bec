import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { tryToWrite } from '@/domain/notification/slack.rules'
import { composeBrief, composeNotice } from './notice-mails'
import { samples } from './samples'

const sample = samples.RESERVATION_CHANGED
const before = {
  serviceDate: '2026-12-04',
  startsAt: '2026-12-04T09:00:00.000Z',
  endsAt: '2026-12-04T10:30:00.000Z',
}

const noticeOf = (change: Record<string, unknown>, locale: string) => ({
  kind: 'RESERVATION_CHANGED',
  locale,
  payload: { ...sample, ...change },
  appUrl: 'https://bobjool.example',
  sealLink: ({ kind, id }: { kind: string; id: string }) => `sealed-${kind}-${id}`,
})

async function compose(change: Record<string, unknown> = {}, locale = 'ko') {
  const composed = await composeNotice({
    ...noticeOf(change, locale),
    queuedAt: new Date('2026-12-01T01:02:14Z'),
    sender: { name: '밥줄', address: 'no-reply@bobjool.example', domain: 'bobjool.example' },
  })
  if (!composed.ok) throw new Error(`${composed.reason}: ${composed.detail}`)
  return composed.mail
}

describe('a changed reservation', () => {
  it.each([
    [
      'ko',
      '식당이 예약 시간을 바꿨어요 · 금요식당 12월 4일(금) 19:00',
      '12월 4일(금) 18:00–19:30',
      '12월 4일(금) 19:00–20:30',
    ],
    [
      'en',
      'The restaurant changed the time of your booking · Friday Table, Fri, Dec 4, 19:00',
      'Fri, Dec 4, 18:00–19:30',
      'Fri, Dec 4, 19:00–20:30',
    ],
  ])('says old and new in one mail, %s', async (locale, subject, before, after) => {
    const mail = await compose({}, locale)
    expect(mail.subject).toBe(subject)
    for (const part of [mail.html, mail.text]) {
      expect(part).toContain(before)
      expect(part).toContain(after)
      expect(part).toContain('sealed-cancel-')
    }
  })

  it.each([
    [
      'ko',
      '식당이 예약 시간과 인원을 바꿨어요 · 금요식당 12월 4일(금) 19:00',
      '12월 4일(금) 18:00–19:30, 4명 → 변경: 12월 4일(금) 19:00–20:30, 2명',
      '금요식당 · 12월 4일(금) 18:00–19:30, 4명 → 12월 4일(금) 19:00–20:30, 2명',
    ],
    [
      'en',
      'The restaurant changed the time and size of your booking · Friday Table, Fri, Dec 4, 19:00',
      'Fri, Dec 4, 18:00–19:30, 4 guests. Now: Fri, Dec 4, 19:00–20:30, 2 guests.',
      'Friday Table · Fri, Dec 4, 18:00–19:30, 4 guests → Fri, Dec 4, 19:00–20:30, 2 guests',
    ],
  ])(
    'says for how many, old and new, where that changed with it, %s',
    async (locale, subject, told, brief) => {
      const given = { ...before, partySize: 4 }
      const mail = await compose({ before: given }, locale)
      expect(mail.subject).toBe(subject)
      expect(mail.text.replace(/\s+/g, ' ')).toContain(told)
      expect(composeBrief(noticeOf({ before: given }, locale))).toMatchObject({
        brief: { text: brief },
      })
      const slack = tryToWrite(
        { kind: 'RESERVATION_CHANGED', payload: { ...sample, before: given } },
        'ko',
      )
      expect(slack).toMatchObject({
        lines: [expect.stringContaining('2명'), expect.stringContaining('4명')],
      })
    },
  )

  it('leaves out how many there are where that is as it was', async () => {
    const told = (await compose({ before: { ...before, partySize: 2 } })).text
    expect(told).not.toContain('2명 →')
    expect(await compose()).toMatchObject({ subject: expect.stringContaining('예약 시간을') })
  })

  it('says what is another when only the end is', async () => {
    const { startsAt } = sample
    const before = { serviceDate: '2026-12-04', startsAt, endsAt: '2026-12-04T13:00:00.000Z' }
    expect((await compose({ before })).text).toMatch(/19:00–22:00 → 변경: .*19:00–20:30/)
  })

  it('says who changed it', async () => {
    expect((await compose({ changedBy: 'DINER' })).subject).toMatch(/^예약을 바꿨어요/)
    expect((await compose({ changedBy: 'ADMIN' })).subject).toMatch(/^예약 시간이 바뀌었어요/)
  })

  it('moves the calendar’s entry: the same UID, a higher SEQUENCE, the new time', async () => {
    const { calendar } = await compose()
    const file = new ICAL.Component(ICAL.parse(calendar?.content ?? ''))
    const event = new ICAL.Event(file.getFirstSubcomponent('vevent') ?? undefined)
    expect(calendar?.method).toBe('PUBLISH')
    expect(event.uid).toBe(`reservation-${sample.reservationId}@bobjool`)
    expect(event.sequence).toBe(1)
    expect(event.startDate.toJSDate().toISOString()).toBe(sample.startsAt)
  })

  it('tells a restaurant’s Slack both times', () => {
    const told = tryToWrite({ kind: 'RESERVATION_CHANGED', payload: sample }, 'ko')
    expect(told).toMatchObject({
      title: '식당에서 예약 시간을 바꿨어요',
      lines: [expect.stringContaining('19:00'), expect.stringContaining('18:00')],
    })
  })
})
