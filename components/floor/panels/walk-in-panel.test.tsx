import { describe, expect, it } from 'vitest'
import type { Day } from '@/domain/floor/schema'
import { buttonsOf, makeParty, makeSlot, showOnBoard } from '@/tests/support/board-page'
import { WalkInPanel } from './walk-in-panel'

const sizes = [
  [1, 6],
  [2, 4],
  [3, 2],
] as const
const tables: Day['tables'] = sizes.map(([number, maxParty]) => ({
  ...{ number, minParty: 1, maxParty, seatedReservationId: null },
}))
const slots = sizes.map(([tableNumber, maxParty]) =>
  makeSlot({ slotId: `s${tableNumber}`, tableNumber, maxParty, from: '18:00', to: '19:30' }),
)

/** The tables offered, in order. */
const offered = (markup: string) =>
  buttonsOf(markup).flatMap((words) => /^(\d)번 테이블\d/.exec(words)?.[1] ?? [])

describe('the panel of a walk-in', () => {
  it('offers the proposed table first, and a tapped one before that', () => {
    const show = (chosenIds: string[]) =>
      showOnBoard({ part: <WalkInPanel chosenIds={chosenIds} />, tables, slots })
    expect(offered(show([]))).toEqual(['3', '1', '2'])
    expect(offered(show(['s2']))).toEqual(['2', '1', '3'])
  })

  it('proposes a combination of the restaurant where no table alone is large enough', () => {
    const small = tables.map((table) => ({ ...table, maxParty: 1 }))
    const seatings = slots.map((slot) => ({ ...slot, maxParty: 1 }))
    const combinations = [{ tableNumbers: [2, 3], minParty: 2, maxParty: 2 }]
    const show = (combined: Day['combinations']) =>
      showOnBoard({
        part: <WalkInPanel chosenIds={[]} />,
        ...{ tables: small, slots: seatings, combinations: combined },
      })
    expect(offered(show(combinations))).toEqual(['2', '3', '1'])
    expect(buttonsOf(show(combinations)).at(-1)).toBe('2, 3번 테이블에 2명 입장')
    expect(buttonsOf(show([])).at(-1)).toBe('앉을 자리를 골라 주세요.')
  })

  it('says who sits at the tapped table, and not that it was just taken', () => {
    const over = makeParty({ reservationId: 'over', status: 'SEATED', name: '오래앉음' })
    const occupied = tables.map((table) =>
      table.number === 2 ? { ...table, seatedReservationId: 'over' } : table,
    )
    const part = <WalkInPanel chosenIds={['s2']} />
    const markup = showOnBoard({ part, tables: occupied, slots, parties: [over] })
    expect(markup).toContain('2번 테이블에 오래앉음 님 아직 앉아 계세요.')
    expect(markup).not.toContain('방금 찼어요')
  })
})
