import { describe, expect, it } from 'vitest'
import { makeParty, showOnBoard } from '@/tests/support/board-page'
import { PartyPanel } from './party-panel'

const show = (given: Parameters<typeof makeParty>[0], locale: 'ko' | 'en' = 'ko') => {
  const party = makeParty(given)
  const part = <PartyPanel party={party} isCheckedIn={false} />
  return showOnBoard({ part, parties: [party], locale })
}

describe('a party of a day that is over', () => {
  it('says that the day cut closed it, where nobody said that it left', () => {
    const told = '퇴장을 누르지 않아서 영업일이 끝날 때 정리했어요.'
    expect(show({ status: 'LEFT', leftByDayCut: true })).toContain(told)
    expect(show({ status: 'LEFT', leftByDayCut: true }, 'en')).toContain('Nobody marked them')
    expect(show({ status: 'LEFT', leftByDayCut: false })).not.toContain(told)
  })
})
