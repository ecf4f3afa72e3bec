import { describe, expect, it } from 'vitest'
import type { Board, BoardSlot, SlotState } from './board.schema'
import { hideOwnSoftHold, listBestFits, showSoftHolds } from './soft-hold.rules'

const AT = '2026-11-22T09:00:00.000Z'

function makeBoard(...slots: [min: number, max: number, state: SlotState][]): Board {
  return {
    restaurantId: 'r',
    serviceDate: '2026-11-22',
    timeZone: 'Asia/Kathmandu',
    version: 'v',
    asOf: AT,
    opensAt: null,
    openingId: null,
    state: 'OPEN',
    pollAfterMs: 1_500,
    times: [
      {
        startsAt: AT,
        slots: slots.map(([minParty, maxParty, state], index) => ({
          slotId: `slot-${index + 1}`,
          tableNumber: index + 1,
          minParty,
          maxParty,
          state,
        })),
      },
    ],
  }
}
const fits = (board: Board, partySize = 2, startsAt = AT) =>
  listBestFits({ board, startsAt, partySize })
const slotOf = (board: Board, number: number): BoardSlot | undefined =>
  board.times[0]?.slots[number - 1]

describe('the slots a soft hold may take', () => {
  it('are of the smallest class with a free one, in booking order', () => {
    expect(
      fits(makeBoard([1, 4, 'FREE'], [1, 2, 'FREE'], [2, 2, 'FREE'], [1, 2, 'TAKEN'])),
    ).toEqual(['slot-3', 'slot-2'])
  })

  it('are never of a larger class while the smaller one is only softly held', () => {
    const board = makeBoard([1, 2, 'FREE'], [1, 4, 'FREE'])
    const heldSlotIds = new Set(['slot-1'])
    const shown = { ...board, times: showSoftHolds({ times: board.times, heldSlotIds }) }
    expect(fits(shown)).toEqual(['slot-1'])
  })

  it.each([
    ['no such time', makeBoard([1, 2, 'FREE']), 2, '2026-11-22T10:00:00.000Z'],
    ['no table for so many', makeBoard([1, 2, 'FREE']), 3, AT],
    ['nothing left', makeBoard([1, 2, 'TAKEN'], [1, 2, 'HELD'], [1, 2, 'BLOCKED']), 2, AT],
    ['before the opening', { ...makeBoard([1, 2, 'FREE']), state: 'NOT_OPEN_YET' as const }, 2, AT],
  ])('is none: %s', (_, board, partySize, startsAt) => {
    expect(fits(board, partySize, startsAt)).toEqual([])
  })
})

describe('how soft holds are shown', () => {
  const board = makeBoard([1, 2, 'FREE'], [1, 2, 'TAKEN'], [1, 2, 'HELD'])
  const heldSlotIds = new Set(['slot-1', 'slot-2', 'slot-3'])
  const shown = { ...board, times: showSoftHolds({ times: board.times, heldSlotIds }) }

  it('marks free slots, and leaves alone those the database knows better', () => {
    expect(slotOf(shown, 1)).toMatchObject({ state: 'HELD', isSoftHeld: true })
    expect(slotOf(shown, 2)).toEqual(slotOf(board, 2))
    expect(slotOf(shown, 3)).toEqual(slotOf(board, 3))
  })

  it('shows the slot as free to its holder', () => {
    expect(hideOwnSoftHold({ board: shown, ownSlotId: 'slot-1' })).toEqual(board)
    expect(hideOwnSoftHold({ board: shown, ownSlotId: 'slot-3' })).toEqual(shown)
    expect(hideOwnSoftHold({ board: shown, ownSlotId: null })).toBe(shown)
  })
})
