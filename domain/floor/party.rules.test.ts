import { describe, expect, it } from 'vitest'
import {
  countDay,
  countFilter,
  countMinutesLate,
  countMinutesOver,
  isAwaitingStaff,
  judgeLateness,
  listOfferedActs,
  listParties,
  matchesParty,
  tellAllergies,
} from './party.rules'
import type { DayParty } from './schema'

const at = (time: string) => `2026-09-14T${time}:00.000Z`
const ms = (time: string) => Date.parse(at(time))

function makeParty(given: Partial<DayParty> = {}): DayParty {
  return {
    reservationId: given.name ?? 'party',
    status: 'CONFIRMED',
    partySize: 2,
    name: '김민수',
    phone: '010-1234-5678',
    note: null,
    allergies: null,
    staffNote: null,
    entry: null,
    walkIn: false,
    startsAt: at('09:00'),
    endsAt: at('10:30'),
    holdExpiresAt: null,
    awaitsStaff: false,
    cancelledBy: null,
    arrivedAt: null,
    seatedAt: null,
    leftAt: null,
    sequence: 0,
    leftByDayCut: false,
    guest: null,
    source: null,
    minutesOver: 0,
    lateMinutes: null,
    minutesLate: 0,
    slotIds: [],
    tableNumbers: [1],
    acts: ['SEAT', 'NO_SHOW', 'CANCEL'],
    ...given,
  }
}

describe('acts', () => {
  it('a hold awaits staff until it is confirmed, or over', () => {
    const awaits = (given: Partial<DayParty>) => isAwaitingStaff(makeParty(given))
    expect(awaits({ status: 'HELD', awaitsStaff: true })).toBe(true)
    expect(awaits({ status: 'HELD' })).toBe(false)
    expect(awaits({ status: 'CONFIRMED', awaitsStaff: true })).toBe(false)
    expect(awaits({ status: 'EXPIRED', awaitsStaff: true })).toBe(false)
  })

  it('offers a no-show once the reservation has begun', () => {
    const party = makeParty()
    expect(listOfferedActs({ party, nowMs: ms('08:59') })).toEqual(['SEAT', 'CANCEL'])
    expect(listOfferedActs({ party, nowMs: ms('09:00') })).toEqual(['SEAT', 'NO_SHOW', 'CANCEL'])
  })

  it('counts how late a party is only while it is expected', () => {
    expect(countMinutesLate({ party: makeParty(), nowMs: ms('08:30') })).toBe(0)
    expect(countMinutesLate({ party: makeParty(), nowMs: ms('09:12') + 59_000 })).toBe(12)
    expect(countMinutesLate({ party: makeParty({ status: 'SEATED' }), nowMs: ms('09:12') })).toBe(0)
  })
})

describe('search', () => {
  const finds = (search: string, given: Partial<DayParty> = {}) =>
    matchesParty({ party: makeParty(given), search })

  it('finds a name by part of it, by its first consonants, or as a Mac types it', () => {
    expect(finds('민수')).toBe(true)
    expect(finds('ㄱㅁㅅ')).toBe(true)
    expect(finds('ㅁㅅ')).toBe(true)
    expect(finds('민수'.normalize('NFD'))).toBe(true)
    expect(finds('emma p', { name: 'Emma Park' })).toBe(true)
    expect(finds('박')).toBe(false)
    expect(finds('ㅂ')).toBe(false)
  })

  it('finds the regulars of the evening by their tag', () => {
    const tags = [{ name: '단골', color: 'GREEN' as const }]
    const entry = { id: 'a', tags, allergies: null, dislikes: null }
    expect(finds('단골', { entry })).toBe(true)
    expect(finds('ㄷㄱ', { entry })).toBe(true)
    expect(finds('단골')).toBe(false)
  })

  it.each([
    '김미',
    '김민ㅅ',
    'ㄱㅁㅅ',
    'ㅁㅅ',
    '김 민 수',
    '김\u200B민수',
    'rlaalstn',
    '김민수'.normalize('NFD'),
  ])('finds what people type: %s while 김민수 is being composed', (search) =>
    expect(finds(search)).toBe(true),
  )

  it.each([
    '010-1234-5678',
    '+82 10 1234 5678',
    '+82-10-1234-5678',
    '01012345678',
    '5678',
    '０１０．１２３４．５６７８',
    '(010) 1234 5678',
    '010–1234–5678',
  ])('finds what people type: the phone, stored either way, by %s', (search) => {
    for (const phone of ['010-1234-5678', '+821012345678', '+82 10 1234 5678'])
      expect(finds(search, { phone }), phone).toBe(true)
    expect(finds(search, { phone: '+14155550100' })).toBe(false)
  })

  it('finds what people type: a phone of another country', () => {
    for (const search of ['+1 415 555 0100', '(415) 555-0100', '0100'])
      expect(finds(search, { phone: '+1 415-555-0100' })).toBe(true)
  })

  it('finds a phone number by its end, and never by its middle', () => {
    expect(finds('5678')).toBe(true)
    expect(finds('1234-5678')).toBe(true)
    expect(finds('1234')).toBe(false)
    expect(finds('8')).toBe(false)
    expect(finds('5678', { phone: null })).toBe(false)
  })

  it('finds no nameless party by a name', () => {
    expect(finds('김', { name: null, phone: null })).toBe(false)
  })
})

describe('list', () => {
  const parties = [
    makeParty({ name: '나중', startsAt: at('12:00') }),
    makeParty({ name: '먼저', startsAt: at('09:00') }),
    makeParty({ name: '가등록', status: 'HELD', startsAt: at('10:00') }),
    makeParty({ name: '길게', status: 'SEATED', endsAt: at('12:00') }),
    makeParty({ name: '짧게', status: 'SEATED', endsAt: at('10:00') }),
    makeParty({ name: '노쇼', status: 'NO_SHOW', startsAt: at('08:00') }),
    makeParty({ name: '다녀감', status: 'LEFT', startsAt: at('07:00') }),
    makeParty({ name: '취소', status: 'CANCELLED', startsAt: at('11:00') }),
  ]
  const namesOf = (filter: 'COMING' | 'SEATED' | 'GONE' | 'ALL', search = '') =>
    listParties({ parties, filter, search }).map((party) => party.name)

  it('lists the next arrival first, and the next table to become free first', () => {
    expect(namesOf('COMING')).toEqual(['먼저', '가등록', '나중'])
    expect(namesOf('SEATED')).toEqual(['짧게', '길게'])
    expect(namesOf('GONE')).toEqual(['취소', '노쇼', '다녀감'])
    expect(namesOf('ALL')).toHaveLength(parties.length)
  })

  it('searches all parties, with any filter set', () => {
    expect(namesOf('COMING', '노쇼')).toEqual(['노쇼'])
    expect(namesOf('COMING', '  ')).toEqual(['먼저', '가등록', '나중'])
  })

  it('counts the parties each filter shows', () => {
    for (const filter of ['COMING', 'SEATED', 'GONE', 'ALL'] as const)
      expect(countFilter({ parties, filter })).toBe(namesOf(filter).length)
  })
})

describe('counts', () => {
  it('counts bookings without walk-ins, and all parties that sat down', () => {
    expect(
      countDay([
        makeParty({ partySize: 2 }),
        makeParty({ status: 'SEATED', partySize: 3 }),
        makeParty({ status: 'LEFT', partySize: 4 }),
        makeParty({ status: 'NO_SHOW', partySize: 5 }),
        makeParty({ status: 'SEATED', partySize: 6, walkIn: true, name: null }),
        makeParty({ status: 'CANCELLED', partySize: 50 }),
        makeParty({ status: 'EXPIRED', partySize: 50 }),
        makeParty({ status: 'HELD', partySize: 50 }),
      ]),
    ).toEqual({
      booked: { parties: 4, guests: 14 },
      seated: { parties: 3, guests: 13 },
      noShow: { parties: 1, guests: 5 },
    })
  })
})

describe('lateness has three looks', () => {
  const lookAt = (now: string, given: Partial<DayParty> = {}) =>
    judgeLateness({ party: makeParty(given), nowMs: ms(now) })

  it.each([
    ['09:04', 'ON_TIME'],
    ['09:05', 'LATE'],
    ['09:14', 'LATE'],
    ['09:15', 'VERY_LATE'],
  ])('at %s a party of 09:00 is %s', (now, look) => {
    expect(lookAt(now)).toBe(look)
  })

  it('counts from when the party said it would come', () => {
    expect(lookAt('09:15', { lateMinutes: 15 })).toBe('ON_TIME')
    expect(lookAt('09:20', { lateMinutes: 15 })).toBe('LATE')
    expect(lookAt('09:30', { lateMinutes: 15 })).toBe('VERY_LATE')
  })

  it('ends with the arrival', () => {
    expect(lookAt('09:40', { arrivedAt: at('09:10') })).toBe('ON_TIME')
    expect(
      countMinutesLate({ party: makeParty({ arrivedAt: at('09:10') }), nowMs: ms('09:40') }),
    ).toBe(0)
  })
})

describe('a party past its time', () => {
  it('counts the minutes until staff say that it has left', () => {
    const over = (status: DayParty['status'], now: string) =>
      countMinutesOver({ party: makeParty({ status }), nowMs: ms(now) })
    expect(over('SEATED', '10:30')).toBe(0)
    expect(over('SEATED', '10:42')).toBe(12)
    expect(over('LEFT', '10:42')).toBe(0)
    expect(over('CONFIRMED', '10:42')).toBe(0)
  })
})

describe('what a party can’t eat', () => {
  const entry = { id: 'a', tags: [], dislikes: '고수' }

  it.each([
    ['nothing', null, null, null],
    ['what the diner wrote', '땅콩', null, '땅콩'],
    ['what staff noted of the guest', null, '메밀', '메밀'],
    ['both, as one mark', '땅콩', '메밀', '땅콩, 메밀'],
    ['the same, once', '땅콩', '땅콩', '땅콩'],
  ])('%s', (_, allergies, kept, told) => {
    expect(tellAllergies({ allergies, entry: { ...entry, allergies: kept } })).toBe(told)
  })

  it('of nobody whom the book knows is what was said', () => {
    expect(tellAllergies({ allergies: '땅콩', entry: null })).toBe('땅콩')
  })
})
