import { describe, expect, test } from 'vitest'
import { reservationStatuses } from '@/domain/booking/types'
import { atSeoul, makeParty } from '@/tests/support/board-page'
import { endOfPhone, listForPaper } from './paper.rules'

describe('the evening on paper', () => {
  test('has the parties by time, then by table', () => {
    const parties = [
      makeParty({ reservationId: 'late', startsAt: atSeoul('21:00') }),
      makeParty({ reservationId: 'table 12', startsAt: atSeoul('18:00'), tableNumbers: [12] }),
      makeParty({ reservationId: 'no table', startsAt: atSeoul('18:00'), tableNumbers: [] }),
      makeParty({ reservationId: 'table 2', startsAt: atSeoul('18:00'), tableNumbers: [9, 2] }),
    ]
    expect(listForPaper(parties).map(({ reservationId }) => reservationId)).toEqual([
      'table 2',
      'table 12',
      'no table',
      'late',
    ])
  })

  test('has whom staff expect or have at a table, and nobody else', () => {
    const parties = reservationStatuses.map((status) => makeParty({ status }))
    expect(
      listForPaper(parties)
        .map(({ status }) => status)
        .toSorted(),
    ).toEqual(['CONFIRMED', 'HELD', 'SEATED'])
  })

  test.each([
    { phone: '010-1234-5678', end: '5678' },
    { phone: '+44 20 7946 0012', end: '0012' },
    { phone: '12', end: null },
    { phone: null, end: null },
  ])('of $phone it has $end', ({ phone, end }) => {
    expect(endOfPhone(phone)).toBe(end)
  })
})
