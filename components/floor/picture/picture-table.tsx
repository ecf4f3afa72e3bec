'use client'

import clsx from 'clsx'
import { memo } from 'react'
import { lookBlock } from '@/components/floor/grid/slot-block'
import { useBoardControls } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { PlanTable } from '@/components/restaurant/floor-plan/plan-table'
import { ClockIcon } from '@/components/ui/icons'
import { AllergyIcon } from '@/components/ui/staff-icons'
import { fillIn } from '@/components/ui/words'
import { tellAllergies } from '@/domain/floor/party.rules'
import type { PictureTable as Shown } from '@/domain/floor/picture.rules'
import type { TableShape } from '@/domain/restaurant/floor-plan.schema'
import { usePictureWords } from './use-picture-words'

const NONE = 'border border-dashed border-line text-quiet'

/** One table of the picture. Shape and word carry its state; colour only helps. */
export const PictureTable = memo(function PictureTable({
  shown,
  shape,
  nowMs,
  area,
  isChosen,
  isFresh,
  isWaiting,
}: {
  shown: Shown
  shape: TableShape
  nowMs: number
  /** Null: it is in none. */
  area: string | null
  isChosen: boolean
  isFresh: boolean
  /** A tapped act for this table has no answer yet. */
  isWaiting: boolean
}) {
  const { chooseBlock } = useBoardControls()
  const { words, nameOnBoard } = useWords()
  const { tellState, tellNext, describeTable } = usePictureWords()
  const { table, block } = shown
  const party = block?.party ?? null
  const isIdle = !block || (party === null && (block.kind === 'TAKEN' || block.kind === 'KEPT'))
  const state = tellState({ shown, nowMs })
  const label = describeTable({ shown, nowMs, area })
  return (
    <button
      type="button"
      data-picture-table={table.number}
      aria-label={[label, isChosen && words.grid.chosen, isWaiting && words.queue.label]
        .filter(Boolean)
        .join(', ')}
      aria-disabled={isIdle || undefined}
      onClick={() => block && !isIdle && chooseBlock({ block, nowMs })}
      className={clsx('flex size-full min-w-0', isIdle && 'cursor-default!')}
    >
      <PlanTable
        shape={shape}
        seats={table.maxParty}
        look={clsx(
          block ? lookBlock({ block, nowMs }) : NONE,
          isChosen && 'border-2! border-solid! border-accent! font-semibold text-ink!',
          isFresh && 'ring-3 ring-accent ring-inset',
          isWaiting && 'outline-2 -outline-offset-4 outline-waiting outline-dashed',
        )}
      >
        <span className="flex items-center gap-1 text-15 tabular-nums">
          {fillIn(words.picture.number, { number: table.number })}
          {isWaiting && <ClockIcon />}
          {party && tellAllergies(party) && <AllergyIcon />}
        </span>
        <span className="w-full truncate font-semibold">{party ? nameOnBoard(party) : state}</span>
        <span className="w-full truncate text-15 tabular-nums">
          {party ? state : tellNext(shown)}
        </span>
      </PlanTable>
    </button>
  )
})
