import { expect, it } from 'vitest'
import { buttonsOf, makeParty, showOnBoard } from '@/tests/support/board-page'
import { LateCall } from './late-call'

it('a caller can be any usual number of minutes late', () => {
  const part = <LateCall party={makeParty()} />
  const minutes = [5, 10, 15, 20, 25, 30, 45, 60]
  expect(buttonsOf(showOnBoard({ part }))).toEqual(minutes.map((count) => `${count}분`))
})
