import { describe, expect, test } from 'vitest'
import type { Day } from '@/domain/floor/schema'
import { makeSlot, showOnBoard } from '@/tests/support/board-page'
import { usePlace } from './use-place'

const sizes = [2, 4, 6, 3, 4]
const tables: Day['tables'] = sizes.map((maxParty, index) => ({
  ...{ number: index + 1, minParty: 1, maxParty, seatedReservationId: null },
}))
const slots = sizes.map((maxParty, index) =>
  makeSlot({
    ...{ slotId: `s${index + 1}`, tableNumber: index + 1, maxParty },
    ...{ from: '20:00', to: '21:30' },
  }),
)
const combinations = [
  { tableNumbers: [2, 3], minParty: 7, maxParty: 9 },
  { tableNumbers: [3, 5], minParty: 7, maxParty: 10 },
]

function Chosen({ slotId, partySize }: { slotId: string | null; partySize: number }) {
  return usePlace({ slotId, partySize }).chosen.join(', ')
}

const choose = (slotId: string | null, partySize: number) =>
  showOnBoard({ part: <Chosen {...{ slotId, partySize }} />, tables, slots, combinations })

describe('the tables of a caller, after a tap on a free cell', () => {
  test('are the tapped one, as long as it is large enough', () => {
    expect(choose('s3', 2)).toBe('3')
    expect(choose('s2', 4)).toBe('2')
  })

  test('are the one that fits where the tapped one is too small', () => {
    expect(choose('s1', 5)).toBe('3')
  })

  test('are a combination where no table is large enough: one with the tapped table first', () => {
    expect(choose(null, 9)).toBe('2, 3')
    expect(choose('s2', 9)).toBe('2, 3')
    expect(choose('s5', 9)).toBe('3, 5')
    expect(choose('s1', 9)).toBe('2, 3')
  })
})
