'use client'

import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import type { DaySlot } from '@/domain/floor/schema'
import { findClosure } from '@/domain/floor/table-closure.rules'
import { SidePanel } from './side-panel'

/** A blocked slot, with the button that opens it again; one at a closed table opens with its table. */
export function BlockedPanel({ slot }: { slot: DaySlot }) {
  const { words, nameTimes } = useWords()
  const { blockSlot, openPanel } = useBoardControls()
  const { pending, closures } = useBoardView()
  const { slotId, tableNumber } = slot
  const closure = findClosure({ closures, slot })
  const times = fillIn(words.walkIn.slot, nameTimes(slot))
  return (
    <SidePanel title={`${fillIn(words.grid.table, { number: tableNumber })} ${times}`}>
      <p className="text-quiet">{closure ? words.closing.closed : words.block.text}</p>
      {closure ? (
        <Button size="large" isWide onClick={() => openPanel({ kind: 'CLOSURES' })}>
          {words.closing.show}
        </Button>
      ) : (
        <Button
          size="large"
          isWide
          disabled={pending.has(slotId)}
          onClick={() => blockSlot(slotId, false)}
        >
          {words.block.off}
        </Button>
      )}
    </SidePanel>
  )
}
