import { expect, test } from 'vitest'
import { buttonsOf, makeSlot, showOnBoard } from '@/tests/support/board-page'
import { SeatForm } from './seat-form'

test('a party of the line that no table seats is proposed a combination of the restaurant', () => {
  const numbers = [1, 2, 3]
  const form = showOnBoard({
    part: (
      <SeatForm ticket={{ partySize: 7, dining: 'IN_STORE' }} isPending={false} onSeat={() => {}} />
    ),
    tables: numbers.map((number) => ({
      ...{ number, minParty: 1, maxParty: 4, seatedReservationId: null },
    })),
    slots: numbers.map((tableNumber) =>
      makeSlot({ slotId: `s${tableNumber}`, tableNumber, from: '18:00', to: '19:30' }),
    ),
    combinations: [{ tableNumbers: [3, 2], minParty: 7, maxParty: 8 }],
  })
  expect(buttonsOf(form).at(-1)).toBe('2, 3번 테이블에 입장')
})
