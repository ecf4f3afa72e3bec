import { describe, expect, it } from 'vitest'
import type { Block } from '@/domain/floor/grid.rules'
import type { Locale } from '@/lib/i18n/locale'
import { atSeoul, makeParty, showOnBoard } from '@/tests/support/board-page'
import { SlotBlock } from './slot-block'

const block: Block = {
  ...{ kind: 'TAKEN', tableNumber: 1, slotIds: ['s'], minParty: 1, maxParty: 4 },
  ...{ startsAt: atSeoul('18:00'), endsAt: atSeoul('19:30'), party: makeParty({ partySize: 4 }) },
}

/** The words in a cell, one line after the other. */
function linesOf(given: Partial<Block>, { time = '18:10', locale = 'ko' as Locale } = {}) {
  const nowMs = Date.parse(atSeoul(time))
  const cell = (
    <SlotBlock
      {...{ block: { ...block, ...given }, left: 0, width: 10, nowMs, obstruction: null }}
      {...{ isFresh: false, isChosen: false, isWaiting: false, isTabStop: false }}
    />
  )
  return showOnBoard({ part: cell, time, locale })
    .replaceAll(/<[^>]*>/g, '|')
    .split('|')
    .filter(Boolean)
}

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
})
