'use client'

import clsx from 'clsx'
import type { RefObject } from 'react'
import { useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { fillIn } from '@/components/ui/words'
import { readTarget } from '@/domain/floor/target.rules'
import type { Drag } from './use-drag'

/** The party in the air, and what its drop would ask; for eyes only, a tap on the cell says the same. */
export function HeldParty({ drag, held }: { drag: Drag; held: RefObject<HTMLDivElement | null> }) {
  const { words, nameParty, nameTime } = useWords()
  const day = useBoardView()
  const { reservationId, slotId, from } = drag
  const party = day.parties.find((candidate) => candidate.reservationId === reservationId)
  if (!party) return null
  const isOwn = slotId !== null && party.slotIds.includes(slotId)
  const { partySize } = party
  const target =
    slotId === null || isOwn
      ? null
      : readTarget({ day, party, slotId, partySize, nowMs: day.nowMs })
  const told = (() => {
    switch (target?.kind) {
      case 'FREE':
        return fillIn(target.isTooSmall ? words.drag.tooSmall : words.drag.free, {
          table: fillIn(words.grid.table, { number: target.tableNumber }),
          time: nameTime(target.startsAt),
        })
      case 'SWAP':
        return fillIn(words.drag.swap, { name: nameParty(target.with) })
      case 'NONE':
        return words.drag.none
      default:
        return words.drag.hint
    }
  })()
  return (
    <div
      ref={held}
      aria-hidden="true"
      data-held-party
      style={{ translate: `${from.x}px ${from.y}px` }}
      className="pointer-events-none fixed top-0 left-0 z-50"
    >
      <div
        className={clsx(
          'ml-4 max-w-80 -translate-y-full rounded-small border-2 bg-raised px-4 py-2 text-ink',
          target?.kind === 'NONE' ? 'border-dashed border-refusal' : 'border-accent',
        )}
      >
        <p className="font-semibold">{nameParty(party)}</p>
        <p className="text-15">{told}</p>
      </div>
    </div>
  )
}
