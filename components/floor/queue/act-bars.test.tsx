import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { WordsProvider } from '@/components/floor/words/words-provider'
import type { PlaceChange, QueuedWork } from '@/domain/floor/queue.rules'
import type { Day, DaySlot } from '@/domain/floor/schema'
import type { Locale } from '@/lib/i18n/locale'
import enOwner from '@/messages/en/owner.json'
import enWaiting from '@/messages/en/waiting.json'
import koOwner from '@/messages/ko/owner.json'
import koWaiting from '@/messages/ko/waiting.json'
import { makeParty, makeSlot } from '@/tests/support/board-page'
import { ActBars } from './act-bars'
import type { Moved } from './act-sender'
import { describeSubject, listAnswerBars } from './answer-bars'
import { type Bar, withoutSolved } from './use-bars'

const guest = { name: '김민수', walkIn: false, partySize: 2 }
const walkIn = { name: null, walkIn: true, partySize: 3 }
const day = { parties: [], slots: [], tables: [] }
const sitting = makeParty({ reservationId: 'sitting', status: 'SEATED', name: '오래앉음' })
const sent = { isSending: false, isTold: true }

function sayOf(locale: Locale) {
  const [owner, waiting] = locale === 'ko' ? [koOwner, koWaiting] : [enOwner, enWaiting]
  return (bar: Bar, on: Pick<Day, 'tables' | 'parties'> = day) => {
    const markup = renderToStaticMarkup(
      <WordsProvider
        words={{
          owner,
          waiting,
          locale,
          timeZone: 'Asia/Seoul',
          dayCutMinutes: 300,
          serviceDate: '2026-11-28',
        }}
      >
        <ActBars
          bars={[bar]}
          day={on}
          pending={new Set()}
          onUndo={() => {}}
          onInsist={() => {}}
          onClose={() => {}}
        >
          {null}
        </ActBars>
      </WordsProvider>,
    )
    return /<p [^>]*>(.*?)<\/p>/.exec(markup)?.[1]
  }
}
const [korean, english] = [sayOf('ko'), sayOf('en')]

const call = (canBeTold: boolean): Bar => ({
  ...describeSubject({
    day,
    work: {
      kind: 'TICKET',
      ticketId: 't1',
      number: 1,
      act: 'CALL',
      slotIds: [],
      reason: null,
      canBeTold,
    },
  }),
  id: 'a',
  kind: 'SETTLED',
})

const refuse = (
  work: Bar['work'],
  present: NonNullable<Extract<Bar, { kind: 'REFUSED' }>['present']>,
): Bar => ({
  work,
  isUndo: false,
  party: guest,
  ticketNumber: 2,
  id: 'a',
  kind: 'REFUSED',
  words: '지금 상태에서는 할 수 없어요.',
  reason: 'cannot-move',
  present,
  again: null,
  other: null,
  occupied: [],
})

describe('words: an act on the board', () => {
  it('asks staff to call a party that no notice reaches', () => {
    expect(korean(call(true))).toBe('웨이팅 1번을 불렀어요.')
    expect(korean(call(false))).toBe('웨이팅 1번을 직접 불러 주세요.')
    expect(english(call(false))).toBe('Please call ticket 1 yourself.')
  })

  it('says what another device has done already', () => {
    expect(korean(refuse('SEAT', 'SEATED'))).toBe('김민수 님: 다른 기기에서 이미 입장 처리했어요.')
    expect(english(refuse('SEAT', 'SEATED'))).toBe('김민수: already seated on another device.')
    const already = (work: Bar['work'], present: 'SEATED' | 'CONFIRMED'): Bar => ({
      ...{ work, isUndo: false, party: guest, id: 'a' },
      ...{ kind: 'DONE_ALREADY', present },
    })
    expect(korean(already('SEAT', 'SEATED'))).toBe('김민수 님: 다른 기기에서 이미 입장 처리했어요.')
    expect(korean(already('ARRIVE', 'CONFIRMED'))).toBe(
      '김민수 님: 다른 기기에서 이미 도착 처리했어요.',
    )
    expect(english(already('CORRECT_SEAT', 'CONFIRMED'))).toBe(
      '김민수: already corrected on another device.',
    )
    expect(korean(refuse('SEAT', 'CANCELLED'))).toBe('김민수 님: 이미 취소된 예약이에요.')
    expect(korean(refuse('TICKET_SEAT', 'SEATED'))).toBe(
      '웨이팅 2번: 다른 기기에서 이미 입장 처리했어요.',
    )
  })

  it('removes a walk-in, which was never a booking to cancel', () => {
    const removed = { work: 'CANCEL', isUndo: false, party: walkIn, id: 'a' } as const
    expect(korean({ ...removed, kind: 'SETTLED' })).toBe(
      '워크인 3명 기록을 지웠어요. 자리는 비었어요.',
    )
    expect(english({ ...removed, kind: 'NOT_SENT' })).toMatch(/^Remove walk-in of 3 guests: /)
    const cancelled = { ...removed, party: guest, kind: 'SETTLED' } as const
    expect(korean(cancelled)).toBe('김민수 님 예약을 취소했어요.')
  })

  it('says in the staff’s words what stands in the way of a change, and lets them insist once', () => {
    const refused = (work: QueuedWork) =>
      listAnswerBars({
        act: { key: 'a', work, tappedAt: '', wasSent: true, override: false, ...sent },
        answer: {
          kind: 'refused',
          words: '이 인원에 맞는 자리가 없어요. 식당에 전화해 주세요.',
          reason: 'party-size',
          present: null,
          serviceDate: null,
          other: null,
          occupied: [],
          place: null,
        },
        subject: { work: 'CHANGE', isUndo: false, party: guest },
        nowMs: 0,
      })
    const change = { kind: 'CHANGE' as const, reservationId: 'r', change: { partySize: 7 } }
    const [bar] = refused(change)
    expect(bar && korean(bar)).toBe('김민수 님 예약 바꾸기: 인원이 테이블보다 많아요.')
    expect(bar).toMatchObject({ again: { change: { partySize: 7, override: true } } })
    const insisted = { ...change, change: { partySize: 7, override: true } }
    expect(refused(insisted)[0]).toMatchObject({ kind: 'REFUSED', again: null })
  })

  it('names the reservation in the way of a change', () => {
    const bar: Bar = {
      ...{ work: 'CHANGE', isUndo: false, party: guest, id: 'a', kind: 'REFUSED' },
      ...{
        words: '',
        reason: 'already-booked',
        present: null,
        again: null,
        occupied: [],
        place: null,
      },
      other: { startsAt: '2026-11-22T10:00:00.000Z', tableNumbers: [3] },
    }
    expect(korean(bar)).toContain('3번 테이블 예약이 이미 있어요.')
    expect(english(bar)).toContain('already has a booking that day, at')
  })

  it('takes an act back in plain words, in no way a correction', () => {
    const { acts, bars, queue } = koOwner
    expect(acts).toMatchObject({
      ...{ CORRECT_SEAT: '입장 취소', CORRECT_LEAVE: '아직 안 나가셨어요' },
      ...{ CORRECT_ARRIVAL: '도착 취소', CORRECT_NO_SHOW: '노쇼 취소' },
    })
    const back: Bar = {
      work: 'CORRECT_SEAT',
      isUndo: false,
      party: guest,
      id: 'a',
      kind: 'SETTLED',
    }
    expect(korean(back)).toBe('김민수 님 입장을 취소했어요.')
    expect(korean({ ...back, isUndo: true })).toBe('김민수 님 다시 입장 처리했어요.')
    expect(JSON.stringify([acts, bars])).not.toContain('정정')
    expect(queue.title).toBe('아직 못 보낸 일 {count}건')
  })

  it('says which party was changed, and to what', () => {
    const known = {
      ...{ reservationId: 'r', name: '박다인', walkIn: false, partySize: 2, tableNumbers: [8] },
      ...{ startsAt: '2026-11-28T09:00:00.000Z', endsAt: '2026-11-28T10:30:00.000Z' },
    }
    const parties = [known, { ...known, reservationId: 'o', name: '김민수' }]
    const barOf = (change: PlaceChange): Bar => ({
      ...describeSubject({
        day: { parties: parties.map((party) => makeParty(party)), slots: [] },
        work: { kind: 'CHANGE', reservationId: 'r', change },
      }),
      ...{ id: 'a', kind: 'SETTLED' },
    })
    const cases: [PlaceChange, string, string][] = [
      [{ tableNumbers: [10] }, '박다인 님, 10번 테이블로 옮겼어요.', '박다인: moved to table 10.'],
      [{ partySize: 4 }, '박다인 님, 4명으로 바꿨어요.', '박다인: now 4 guests.'],
      [
        { minutes: 120 },
        '박다인 님, 머무는 시간을 120분으로 바꿨어요.',
        '박다인: now stays 120 min.',
      ],
      [
        { startsAt: '2026-11-28T10:30:00.000Z', tableNumbers: [8] },
        '박다인 님 예약을 바꿨어요: 19:30',
        '박다인: changed to 19:30',
      ],
      [
        { startsAt: '2026-11-28T15:30:00.000Z', tableNumbers: [3, 4], partySize: 7 },
        '박다인 님 예약을 바꿨어요: 3, 4번 테이블 · 다음 날 00:30 · 7명',
        '박다인: changed to table 3, 4 · 00:30 (next day) · 7 guests',
      ],
      [
        { serviceDate: '2026-12-04', startsAt: '2026-12-04T09:00:00.000Z' },
        '박다인 님 예약을 바꿨어요: 12월 4일(금) 18:00',
        '박다인: changed to Fri, Dec 4, 18:00',
      ],
      [
        { swapWith: 'o' },
        '박다인 님, 김민수 님: 서로 자리를 바꿨어요.',
        '박다인 and 김민수 swapped places.',
      ],
      // The poll was faster.
      [{ tableNumbers: [8] }, '박다인 님, 8번 테이블로 옮겼어요.', '박다인: moved to table 8.'],
    ]
    for (const [change, ko, en] of cases) {
      expect(korean(barOf(change))).toBe(ko)
      expect(english(barOf(change))).toBe(en)
    }
    const undone: Bar = { ...barOf({ partySize: 4 }), isUndo: true }
    expect(korean(undone)).toBe('박다인 님 예약을 바꾸기 전으로 되돌렸어요.')
  })

  it('says quietly that a party was changed meanwhile, and where it is now', () => {
    const present = {
      ...{ reservationId: 'r', serviceDate: '2026-11-28', startsAt: '2026-11-28T09:00:00.000Z' },
      ...{ tableNumbers: [10], partySize: 2 },
    }
    const barOf = (changed: string, work: QueuedWork) =>
      listAnswerBars({
        act: { key: 'a', work, tappedAt: '', wasSent: true, override: false, ...sent },
        answer: {
          ...{ kind: 'refused', words: '', reason: 'changed-meanwhile', present: null },
          ...{ serviceDate: null, other: null, occupied: [] },
          place: { ...present, reservationId: changed },
        },
        subject: {
          work: 'CHANGE',
          isUndo: false,
          party: guest,
          swapped: { ...guest, name: '박다인' },
        },
        nowMs: 0,
      })[0]
    const moved = barOf('r', { kind: 'CHANGE', reservationId: 'r', change: { tableNumbers: [7] } })
    expect(moved).toMatchObject({ kind: 'CHANGED_MEANWHILE' })
    expect(moved && korean(moved)).toBe(
      '김민수 님: 그 사이 예약이 바뀌어서 바꾸지 않았어요. 지금은 10번 테이블, 11월 28일(토) 18:00, 2명이에요.',
    )
    expect(moved && english(moved)).toContain('It is now at table 10, Sat, Nov 28, 18:00, 2')
    const swapped = barOf('o', { kind: 'CHANGE', reservationId: 'r', change: { swapWith: 'o' } })
    expect(swapped && korean(swapped)).toContain('박다인 님: 그 사이')
  })

  it('says in the staff’s words that a date was closed since, and lets them correct anyway', () => {
    const work = { kind: 'MOVE' as const, reservationId: 'r', act: 'CORRECT_CANCEL' as const }
    const [bar] = listAnswerBars({
      act: { key: 'a', work, tappedAt: '', wasSent: true, override: false, ...sent },
      answer: {
        kind: 'refused',
        words: '이 날은 쉬어요. 다른 날짜를 골라 주세요.',
        reason: 'closed-day',
        present: null,
        serviceDate: null,
        other: null,
        occupied: [],
        place: null,
      },
      subject: { work: 'CORRECT_CANCEL', isUndo: false, party: guest },
      nowMs: 0,
    })
    expect(bar && korean(bar)).toContain('쉬는 날로 해 두었어요.')
    expect(bar).toMatchObject({ again: { correction: work } })
  })
})

describe('words: an act on an occupied table', () => {
  it('says who sits at the table that a walk-in was refused', () => {
    const bar: Bar = {
      ...{ work: 'WALK_IN', isUndo: false, party: walkIn, id: 'a', kind: 'REFUSED' },
      ...{
        words: '다른 자리를 골라 주세요.',
        reason: 'table-occupied',
        present: null,
        again: null,
      },
      ...{ other: null, occupied: [4] },
    }
    const table = { number: 4, minParty: 1, maxParty: 4, seatedReservationId: 'sitting' }
    const on = { tables: [table], parties: [sitting] }
    expect(korean(bar, on)).toBe(
      '워크인 3명 입장: 4번 테이블에 오래앉음 님 아직 앉아 계세요. 퇴장했으면 퇴장을 먼저 누르고, 아니면 다른 자리를 골라 주세요.',
    )
    expect(english(bar, on)).toContain('오래앉음 is still at Table 4')
    // Of another date, or gone since: what the service said.
    expect(korean(bar, { ...on, parties: [] })).toContain('4번 테이블에 다른 손님이')
    expect(korean(bar)).toBe('워크인 3명 입장: 다른 자리를 골라 주세요.')
  })
})

describe('a bar of a refused act', () => {
  const answer = (work: QueuedWork, given: Partial<Moved> | null) =>
    listAnswerBars({
      act: { key: 'k', work, tappedAt: '', wasSent: true, override: false, ...sent },
      answer: given
        ? { kind: 'done', value: { id: 'r', status: 'CONFIRMED', actId: 'a', ...given } }
        : {
            ...{ kind: 'refused', words: '', reason: 'party-size', present: null },
            ...{ serviceDate: null, other: null, occupied: [], place: null },
          },
      subject: describeSubject({ day, work }),
      nowMs: 0,
    })
  const change = (reservationId: string): QueuedWork => ({
    ...{ kind: 'CHANGE', reservationId, change: { partySize: 7 } },
  })

  it('vanishes once a later act on its party succeeds, and no other bar does', () => {
    const refused = [...answer(change('r'), null), ...answer(change('other'), null)]
    const done = answer({ kind: 'MOVE', reservationId: 'r', act: 'SEAT' }, {})
    const left = withoutSolved({ bars: [...refused, ...done], lanes: ['r'] })
    expect(left.map(({ kind, lane }) => [kind, lane])).toEqual([
      ['REFUSED', 'other'],
      ['SETTLED', undefined],
    ])
  })

  it('that staff insist on says when it is like that already', () => {
    const [bar] = answer(change('r'), { actId: null, undoUntil: null })
    expect(bar).toMatchObject({ kind: 'UNCHANGED' })
    expect(bar && korean({ ...bar, party: guest })).toBe(
      '김민수 님 예약은 이미 그렇게 되어 있어요.',
    )
    expect(bar && english({ ...bar, party: guest })).toBe(
      '김민수: the booking is like that already.',
    )
  })
})

describe('the bar of a walk-in', () => {
  const walkInAt = (
    given: Partial<Extract<QueuedWork, { kind: 'WALK_IN' }>>,
    slots: DaySlot[],
  ): Bar => ({
    ...describeSubject({
      day: { ...day, slots },
      work: { kind: 'WALK_IN', slotIds: [], partySize: 2, hasNote: false, ...given },
    }),
    ...{ id: 'a', kind: 'SETTLED' },
  })
  const slot = (slotId: string, tableNumber: number) =>
    makeSlot({ slotId, tableNumber, from: '18:00', to: '19:30' })

  it('says at which tables it was seated', () => {
    const bar = walkInAt({ slotIds: ['a', 'b'] }, [slot('a', 5), slot('b', 4), slot('c', 1)])
    expect(korean(bar)).toBe('워크인 2명, 4, 5번에 입장 처리했어요.')
    expect(english(bar)).toBe('Walk-in of 2 guests is seated at tables 4, 5.')
    const now = walkInAt({ tableNumbers: [4] }, [])
    expect(korean(now)).toBe('워크인 2명, 4번에 입장 처리했어요.')
    expect(english(now)).toBe('Walk-in of 2 guests is seated at table 4.')
    // Of a plan that is gone.
    expect(korean(walkInAt({ slotIds: ['a'] }, []))).toBe('워크인 2명 입장 처리했어요.')
  })
})
