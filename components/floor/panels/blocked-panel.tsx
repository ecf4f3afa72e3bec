'use client'

import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import type { DaySlot } from '@/domain/floor/schema'
import { SidePanel } from './side-panel'

/** A blocked slot, with the button that opens it again. */
export function BlockedPanel({ slot }: { slot: DaySlot }) {
  const { words, nameTimes } = useWords()
  const { blockSlot } = useBoardControls()
  const { pending } = useBoardView()
  const { slotId, tableNumber } = slot
  const times = fillIn(words.walkIn.slot, nameTimes(slot))
  return (
    <SidePanel title={`${fillIn(words.grid.table, { number: tableNumber })} ${times}`}>
      <p className="text-quiet">{words.block.text}</p>
      <Button
        size="large"
        isWide
        disabled={pending.has(slotId)}
        onClick={() => blockSlot(slotId, false)}
      >
        {words.block.off}
      </Button>
    </SidePanel>
  )
}
