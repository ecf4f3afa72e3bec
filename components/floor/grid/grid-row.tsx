'use client'

import { memo } from 'react'
import { useBoardView } from '@/components/floor/state/board-context'
import { useObstructionWords } from '@/components/floor/words/use-obstruction-words'
import { useWords } from '@/components/floor/words/use-words'
import { fillIn } from '@/components/ui/words'
import type { TimeScale } from '@/domain/floor/axis.rules'
import { placeBlocks } from '@/domain/floor/axis.rules'
import { type Block, isJoinedTo, type GridRow as Row } from '@/domain/floor/grid.rules'
import { findObstruction } from '@/domain/floor/walk-in.rules'
import { SlotBlock } from './slot-block'

/** One table and its slots of the evening. */
export const GridRow = memo(function GridRow({
  row: { table, blocks },
  above,
  below,
  scale,
  axisPx,
  chosenIds,
  tabStopId,
}: {
  row: Row
  /** The rows beside it, in which a party at several tables goes on. */
  above: Row | undefined
  below: Row | undefined
  scale: TimeScale
  /** The axis is at least this wide. */
  axisPx: number
  chosenIds: readonly string[]
  /** Null: the row with the tab stop is another one. */
  tabStopId: string | null
}) {
  const day = useBoardView()
  const { nowMs, marks, waitingIds } = day
  const { words } = useWords()
  const { describeObstruction } = useObstructionWords()
  const tellObstruction = ({ party }: Block) => {
    const obstruction = party && findObstruction({ day, party, nowMs })
    return obstruction && describeObstruction(obstruction)
  }
  const { minParty: min, maxParty: max } = table
  const places = placeBlocks({ blocks, scale, axisPx })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table can't place cells by minutes
    <div role="row" className="flex h-12 shadow-[0_-1px_0_var(--line)]" tabIndex={-1}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table can't place cells by minutes */}
      <div
        role="rowheader"
        tabIndex={-1}
        className="sticky left-0 z-10 flex w-(--head) shrink-0 flex-col justify-center bg-paper leading-tight"
      >
        <span className="text-15 font-semibold whitespace-nowrap tabular-nums md:text-17">
          {fillIn(words.grid.table, { number: table.number })}
        </span>
        <span className="text-15 text-quiet tabular-nums">
          {min === max
            ? fillIn(words.grid.seatsExactly, { max })
            : fillIn(words.grid.seats, { min, max })}
        </span>
      </div>
      <div role="presentation" className="relative grow">
        {blocks.map((block, index) => (
          <SlotBlock
            key={block.slotIds[0]}
            block={block}
            left={places[index]?.left ?? 0}
            width={places[index]?.width ?? 0}
            nowMs={nowMs}
            obstruction={tellObstruction(block)}
            isJoinedAbove={isJoinedTo({ row: above, block })}
            isJoinedBelow={isJoinedTo({ row: below, block })}
            isFresh={block.party !== null && marks.has(block.party.reservationId)}
            isChosen={block.slotIds.some((id) => chosenIds.includes(id))}
            isWaiting={
              waitingIds.has(block.party?.reservationId ?? '') ||
              block.slotIds.some((id) => waitingIds.has(id))
            }
            isTabStop={block.slotIds[0] === tabStopId}
          />
        ))}
      </div>
    </div>
  )
})
