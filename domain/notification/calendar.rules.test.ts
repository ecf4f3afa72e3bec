import ICAL from 'ical.js'
import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { describe, expect, it } from 'vitest'
import { tidyLine } from '@/lib/text/typed'
import { type CalendarReservation, writeReservationCalendar } from './calendar.rules'

const reservation: CalendarReservation = {
  id: '0b0e7c1e-6c1c-4b53-9d6c-0a5c3f6f2f10',
  status: 'CONFIRMED',
  startsAt: '2026-11-22T10:00:00.000Z',
  endsAt: '2026-11-22T11:30:00.000Z',
  partySize: 2,
  sequence: 0,
  restaurant: {
    name: '금요식당',
    nameEn: 'Friday Table',
    address: '서울 성동구 성수이로7길 12, 2층; 뒷문',
    phone: '02-462-1234',
  },
}

function write(changes: Partial<CalendarReservation> = {}, locale: 'ko' | 'en' = 'ko') {
  return writeReservationCalendar({
    reservation: { ...reservation, ...changes },
    locale,
    appUrl: 'https://bobjool.example',
    organizer: { name: '밥줄', address: 'no-reply@bobjool.example', domain: 'bobjool.example' },
    stampedAt: new Date('2026-11-22T01:02:14.567Z'),
  })
}

/** Reads a file as a calendar program does; throws on an invalid one. */
function read(content: string) {
  const calendar = new ICAL.Component(ICAL.parse(content))
  const entries = calendar.getAllSubcomponents('vevent')
  const [entry] = entries
  if (!entry || entries.length !== 1) throw new Error(`Expected one entry, got ${entries.length}`)
  return { calendar, entry, event: new ICAL.Event(entry) }
}

describe('writeReservationCalendar', () => {
  it('gives the reservation’s instants in UTC, wherever it is opened', () => {
    const { event } = read(write().content)
    expect(event.startDate.toJSDate().toISOString()).toBe(reservation.startsAt)
    expect(event.endDate.toJSDate().toISOString()).toBe(reservation.endsAt)
    expect(event.startDate.zone?.tzid).toBe('UTC')
  })

  it('publishes a confirmed reservation and asks for no answer', () => {
    const { content, method } = write()
    const { calendar, entry } = read(content)
    expect(method).toBe('PUBLISH')
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
    expect(entry.getFirstPropertyValue('status')).toBe('CONFIRMED')
    expect(entry.getFirstPropertyValue('organizer')).toBe('mailto:no-reply@bobjool.example')
    expect(entry.getAllProperties('attendee')).toEqual([])
  })

  it('removes the same entry when cancelled', () => {
    const booked = read(write().content)
    const { content, method } = write({ status: 'CANCELLED', sequence: 1 })
    const { calendar, entry, event } = read(content)
    expect(method).toBe('CANCEL')
    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL')
    expect(entry.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(event.uid).toBe(booked.event.uid)
    expect(event.sequence).toBeGreaterThan(booked.event.sequence)
  })

  it('is tentative while the diner has to confirm it', () => {
    expect(read(write({ status: 'HELD' }).content).entry.getFirstPropertyValue('status')).toBe(
      'TENTATIVE',
    )
  })

  it.each(['HELD', 'CONFIRMED'] as const)('reminds two hours before, while %s', (status) => {
    const [alarm, ...others] = read(write({ status }).content).entry.getAllSubcomponents('valarm')
    expect(others).toEqual([])
    expect(alarm?.getFirstPropertyValue('action')).toBe('DISPLAY')
    expect(alarm?.getFirstPropertyValue('trigger')?.toString()).toBe('-PT2H')
    expect(alarm?.getFirstPropertyValue('description')).toBe('금요식당 예약 (2명)')
  })

  it.each(['CANCELLED', 'EXPIRED', 'SEATED', 'LEFT', 'NO_SHOW'] as const)(
    'reminds of nothing that is %s',
    (status) => {
      const { entry } = read(write({ status }).content)
      expect(entry.getAllSubcomponents('valarm')).toEqual([])
    },
  )

  it('names place, party and page in the language asked for', () => {
    const { event, entry } = read(write({}, 'en').content)
    expect(event.summary).toBe('Friday Table, party of 2')
    expect(event.location).toBe('Friday Table, 서울 성동구 성수이로7길 12, 2층; 뒷문')
    expect(entry.getFirstPropertyValue('url')).toBe(
      `https://bobjool.example/en/reservations/${reservation.id}`,
    )
    expect(read(write().content).event.summary).toBe('금요식당 예약 (2명)')
  })

  it('G18: a name with line breaks adds no property and no entry', () => {
    const name =
      '금요\r\nATTENDEE:mailto:a@b.test\r\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:x "따옴표" 👩‍🍳'
    const { entry, event } = read(
      write({ restaurant: { ...reservation.restaurant, name } }).content,
    )
    expect(entry.getAllProperties('attendee')).toEqual([])
    expect(entry.getAllProperties('uid')).toHaveLength(1)
    expect(event.summary).toBe(`${name.replaceAll(/\r\n|\n/g, ' ')} 예약 (2명)`)
  })

  it('keeps to lines of 75 octets that end in CR LF', () => {
    const name = '아주 긴 이름을 가진 성수동 뒷골목 숯불구이 본점'.repeat(3)
    const { content } = write({ restaurant: { ...reservation.restaurant, name } })
    for (const line of content.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      expect(line).not.toContain('\n')
    }
  })

  it.each([
    '금요식당',
    '아주 긴 이름의 식당이라서 줄이 접히는 식당 '.repeat(4),
    `${'가'.repeat(20)}𠮷🍚é`.repeat(6),
    'A,b;c"d\\e '.repeat(9),
  ])('G18: writes what the library writes: %s', (name) => {
    const restaurant = { ...reservation.restaurant, name }
    const said = tidyLine(name)
    const calendar = ical({
      method: ICalCalendarMethod.PUBLISH,
      prodId: { company: 'Bobjool', product: 'Reservations', language: 'KO' },
    })
    const summary = `${said} 예약 (2명)`
    const url = `https://bobjool.example/reservations/${reservation.id}`
    calendar
      .createEvent({
        id: `reservation-${reservation.id}@bobjool`,
        sequence: 0,
        status: ICalEventStatus.CONFIRMED,
        stamp: new Date('2026-11-22T01:02:14.567Z'),
        start: new Date(reservation.startsAt),
        end: new Date(reservation.endsAt),
        summary,
        location: `${said}, ${restaurant.address}`,
        description: `전화: ${restaurant.phone}\n예약 보기·취소: ${url}`,
        url,
        organizer: { name: '밥줄', email: 'no-reply@bobjool.example' },
      })
      .createAlarm({ type: ICalAlarmType.display, trigger: 2 * 60 * 60, description: summary })
    expect(write({ restaurant }).content).toBe(calendar.toString())
  })
})
