import { describe, expect, it } from 'vitest'
import type { Day } from '@/domain/floor/schema'
import type { Locale } from '@/lib/i18n/locale'
import { atSeoul, buttonsOf, makeSlot, showOnBoard } from '@/tests/support/board-page'
import { BookPanel } from './book-panel'
import { useConfirmWords } from './use-confirm-words'
import type { Place } from './use-place'

const tables: Day['tables'] = [{ number: 1, minParty: 1, maxParty: 4, seatedReservationId: null }]
const slot = makeSlot({ slotId: 'late', from: '20:00', to: '21:30' })

const lastButton = (slots: Day['slots'], locale: Locale = 'ko') =>
  buttonsOf(showOnBoard({ part: <BookPanel slotId="late" />, tables, slots, locale })).at(-1)

const place: Place = {
  ...{ date: '2026-09-14', dayState: 'READY', hasSlots: true, times: [], minutes: null },
  ...{ startsAt: atSeoul('20:00'), freeTime: null, tables: [], chosen: [1], seats: 4 },
  ...{ isProposed: true, isReplaced: false, pick: () => {}, openFreeTime: () => {} },
}

function Confirm(asked: Partial<Place> & { isNameless?: boolean }) {
  const { isNameless = false, ...given } = asked
  return useConfirmWords()({ place: { ...place, ...given }, partySize: 2, isNameless })
}

const tell = (asked: Parameters<typeof Confirm>[0], locale: Locale = 'ko') =>
  showOnBoard({ part: <Confirm {...asked} />, locale })

describe('the button of a booking for a caller', () => {
  it('asks for the name where there is a table, and says first that there is none', () => {
    expect(lastButton([slot])).toBe('이름을 적어 주세요')
    const taken = { ...slot, state: 'TAKEN' as const, reservationId: 'b' }
    expect(lastButton([taken])).toBe('이 시간에 빈 테이블이 없어요')
    expect(lastButton([taken], 'en')).toBe('No table is available then')
  })

  it('says what it books: the date where that is not the board’s, the time, the tables', () => {
    expect(tell({})).toBe('20:00 · 1번 · 2명 예약하기')
    expect(tell({}, 'en')).toBe('Book for 2 · 20:00 · table 1')
    const saturday = { date: '2026-09-19', startsAt: '2026-09-19T03:00:00.000Z', chosen: [2, 3] }
    expect(tell(saturday)).toBe('9월 19일(토) 12:00 · 2, 3번 · 2명 예약하기')
    expect(tell(saturday, 'en')).toBe('Book for 2 · Sat, Sep 19, 12:00 · tables 2, 3')
    const night = { date: '2026-09-19', startsAt: '2026-09-19T15:30:00.000Z' }
    expect(tell(night)).toBe('9월 20일(일) 00:30 (토요일 밤) · 1번 · 2명 예약하기')
  })

  it('asks for the time typed before all else', () => {
    const typed = { freeTime: { wall: '', minutes: '' }, startsAt: null, chosen: [] }
    expect(tell({ ...typed, isNameless: true })).toBe('시간을 적어 주세요')
    expect(tell({ dayState: 'LOADING', startsAt: null, chosen: [], isNameless: true })).toBe(
      '이름을 적어 주세요',
    )
  })
})
