import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { writeOpeningCalendar } from './calendar.rules'

type Given = Parameters<typeof writeOpeningCalendar>[0]['opening']

const opening: Given = {
  id: '0b0e7c1e-6c1c-4b53-9d6c-0a5c3f6f2f10',
  state: 'ANNOUNCED',
  lobbyOpensAt: '2026-12-04T10:00:00.000Z',
  opensAt: '2026-12-04T11:00:00.000Z',
  gateUntil: '2026-12-04T11:30:00.000Z',
  orderBy: 'DRAW',
  announcement: { announcedAt: '2026-12-01T00:00:00.000Z', turnsPerSecond: 10, hash: '' },
}

function write(changes: Partial<Given> = {}, locale: 'ko' | 'en' = 'ko') {
  const { method, content } = writeOpeningCalendar({
    opening: { ...opening, ...changes },
    restaurant: { name: '금요식당\n', nameEn: 'Friday Table' },
    locale,
    appUrl: 'https://bobjool.example/',
    organizer: { name: '밥줄', address: 'no-reply@bobjool.example', domain: 'bobjool.example' },
  })
  const calendar = new ICAL.Component(ICAL.parse(content))
  const entry = calendar.getFirstSubcomponent('vevent')
  if (!entry) throw new Error('the file has no entry')
  const alarm = entry.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger')
  return { method, content, event: new ICAL.Event(entry), entry, alarm: alarm?.toString() }
}

describe('an opening as a calendar entry', () => {
  test('lasts from its instant until its gate ends, and leads to its page', () => {
    const { method, event, entry, alarm } = write()
    expect([event.startDate, event.endDate].map((at) => at.toJSDate().toISOString())).toEqual([
      opening.opensAt,
      opening.gateUntil,
    ])
    expect(event.summary).toBe('금요식당 예약 오픈')
    expect(entry.getFirstPropertyValue('url')).toBe(
      `https://bobjool.example/openings/${opening.id}`,
    )
    expect([method, alarm]).toEqual(['PUBLISH', '-PT10M'])
  })

  test('in English leads to the English page, with the English name', () => {
    const { event, entry } = write({}, 'en')
    expect(event.summary).toBe('Bookings open: Friday Table')
    expect(entry.getFirstPropertyValue('url')).toContain('/en/openings/')
  })

  test('says so only where when one comes makes no difference', () => {
    expect(write().event.description).toContain('상관없어요')
    expect(write({ orderBy: 'ARRIVAL' }).event.description).not.toContain('상관없어요')
  })

  test('reminds no earlier than its lobby opens', () => {
    expect(write({ lobbyOpensAt: '2026-12-04T10:57:00.000Z' }).alarm).toBe('-PT3M')
  })

  test('that was cancelled goes from the calendar', () => {
    const { method, entry, alarm } = write({ state: 'CANCELLED' })
    expect([method, entry.getFirstPropertyValue('status'), alarm]).toEqual([
      'CANCEL',
      'CANCELLED',
      undefined,
    ])
    expect(entry.getFirstPropertyValue('sequence')).toBe(1)
  })

  test('is the same file for everybody', () => {
    expect(write().content).toBe(write().content)
  })
})
