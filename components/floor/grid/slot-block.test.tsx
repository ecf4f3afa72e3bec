import { describe, expect, it } from 'vitest'
import type { Block } from '@/domain/floor/grid.rules'
import type { Locale } from '@/lib/i18n/locale'
import { atSeoul, makeParty, showOnBoard } from '@/tests/support/board-page'
import { SlotBlock } from './slot-block'

const block: Block = {
  ...{ kind: 'TAKEN', tableNumber: 1, slotIds: ['s'], minParty: 1, maxParty: 4 },
  ...{ startsAt: atSeoul('18:00'), endsAt: atSeoul('19:30'), party: makeParty({ partySize: 4 }) },
}

type Shown = { time?: string; locale?: Locale; isJoinedAbove?: boolean; isJoinedBelow?: boolean }

function show(given: Partial<Block>, { time = '18:10', locale = 'ko', ...joined }: Shown = {}) {
  const nowMs = Date.parse(atSeoul(time))
  const cell = (
    <SlotBlock
      {...{ block: { ...block, ...given }, left: 0, width: 10, nowMs, obstruction: null }}
      {...{ isFresh: false, isChosen: false, isWaiting: false, isTabStop: false }}
      {...{ isJoinedAbove: false, isJoinedBelow: false, ...joined }}
    />
  )
  return showOnBoard({ part: cell, time, locale })
}

/** The words in a cell, one line after the other. */
const linesOf = (given: Partial<Block>, shown?: Shown) =>
  show(given, shown)
    .replaceAll(/<[^>]*>/g, '|')
    .split('|')
    .filter(Boolean)

const labelOf = (markup: string) => /aria-label="([^"]*)"/.exec(markup)?.[1]

describe('a cell of the board', () => {
  it('says how late its party is, or will be, before all else', () => {
    expect(linesOf({})).toEqual(['김민수', '10분 늦음 · 4명'])
    const said = makeParty({ partySize: 4, lateMinutes: 30 })
    expect(linesOf({ party: said })).toEqual(['김민수', '30분 늦는대요 · 4명'])
    expect(linesOf({ party: said }, { locale: 'en' })).toEqual(['김민수', 'says +30 min · 4'])
    // Later than it said.
    expect(linesOf({ party: said }, { time: '18:40' })).toEqual(['김민수', '40분 늦음 · 4명'])
    expect(linesOf({ party: said }, { time: '17:30' })).toEqual(['김민수', '30분 늦는대요 · 4명'])
    expect(linesOf({}, { time: '17:30' })).toEqual(['김민수', '4명 · 예약'])
  })

  it('that is about to begin names who still sits there, and is not offered', () => {
    const over = makeParty({ status: 'SEATED', name: '오래앉음' })
    expect(linesOf({ kind: 'KEPT', party: over })).toEqual(['오래앉음', '아직 앉아 계세요'])
    expect(linesOf({ kind: 'KEPT', party: null })).toEqual(['다른 손님이 아직 앉아 계세요'])
    expect(linesOf({ kind: 'FREE', party: null })).toEqual(['빈 자리'])
  })

  it('of a party at several tables tells which they are', () => {
    const party = makeParty({ partySize: 9, tableNumbers: [3, 2], note: '생일' })
    expect(linesOf({ party })).toEqual(['김민수', '10분 늦음 · 9명 · 2, 3번 함께'])
    expect(labelOf(show({ party }))).toBe(
      '1번 테이블 18:00부터 19:30까지, 김민수 님 9명 10분 늦음, 2, 3번 함께, 메모 있음',
    )
    expect(labelOf(show({ party }, { locale: 'en' }))).toContain(', tables 2, 3 together, ')
    expect(labelOf(show({}))).not.toContain('함께')
    // What is kept is one table, by a party past its time.
    expect(labelOf(show({ kind: 'KEPT', party }))).not.toContain('함께')
  })

  it('that goes on in the next row is one block with it, and names its party once', () => {
    const party = makeParty({ partySize: 9, tableNumbers: [2, 3] })
    const upper = show({ party }, { isJoinedBelow: true })
    const lower = show({ party }, { isJoinedAbove: true })
    expect(upper).toContain('data-joined="below"')
    expect(lower).toContain('data-joined="above"')
    expect(show({ party }, { isJoinedAbove: true, isJoinedBelow: true })).toContain(
      'data-joined="both"',
    )
    expect(show({ party })).not.toContain('data-joined')
    expect(linesOf({ party }, { isJoinedBelow: true })[0]).toBe('김민수')
    expect(linesOf({ party }, { isJoinedAbove: true })).toEqual(['2, 3번 함께'])
    expect(labelOf(lower)).toContain('김민수')
  })
})
