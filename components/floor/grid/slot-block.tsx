'use client'

import clsx from 'clsx'
import { memo } from 'react'
import { useBoardControls } from '@/components/floor/state/board-context'
import { useBlockWords } from '@/components/floor/words/use-block-words'
import { useWords } from '@/components/floor/words/use-words'
import { ClockIcon } from '@/components/ui/icons'
import { WarningIcon } from '@/components/ui/message-icons'
import { AllergyIcon, NoteIcon } from '@/components/ui/staff-icons'
import type { Placed } from '@/domain/floor/axis.rules'
import type { Block } from '@/domain/floor/grid.rules'
import {
  countMinutesOver,
  judgeLateness,
  type Lateness,
  tellAllergies,
} from '@/domain/floor/party.rules'
import type { DayParty } from '@/domain/floor/schema'

const looks = {
  FREE: 'border border-quiet/60 text-quiet group-hover/cell:border-ink group-hover/cell:text-ink',
  HELD: 'border-2 border-dashed border-waiting text-ink',
  CLOSED: 'hatched border border-line text-quiet',
  BLOCKED: 'hatched border border-line text-quiet',
  OVER: '',
  GONE: 'bg-line/50 text-quiet',
  KEPT: 'hatched border border-confirmed text-ink',
}

const expected: Record<Lateness, string> = {
  ON_TIME: 'border-l-6 border-quiet bg-line text-ink',
  LATE: 'border-l-6 border-waiting bg-waiting/15 text-ink',
  VERY_LATE: 'border-l-6 border-refusal bg-refusal/15 text-ink',
}

/**
 * A cell that goes on in the next row reaches into it and is cut where they meet, whatever edge, corner or
 * outline it has. Its words stay in the middle of their row.
 */
const joins = {
  none: '',
  above: '-top-3 [clip-path:inset(12px_0_0)]',
  below: '-bottom-3 [clip-path:inset(0_0_12px)]',
  both: '-top-3 -bottom-3 [clip-path:inset(12px_0)]',
}

function nameJoints({ isJoinedAbove, isJoinedBelow }: Joints): keyof typeof joins {
  if (isJoinedAbove) return isJoinedBelow ? 'both' : 'above'
  return isJoinedBelow ? 'below' : 'none'
}

type Joints = {
  /** The party has the table of that row too: the cells are drawn as one, without an edge between. */
  isJoinedAbove: boolean
  isJoinedBelow: boolean
}

const SEATED = 'bg-confirmed text-paper dark:bg-confirmed/70'

/** Whether the party is expected, late, here, seated or seated past its time. Null: one of another date sits. */
function lookTaken({ party, nowMs }: { party: DayParty | null; nowMs: number }): string {
  if (!party) return SEATED
  if (party.status === 'SEATED')
    return countMinutesOver({ party, nowMs }) > 0
      ? `${SEATED} outline-3 -outline-offset-3 outline-waiting`
      : SEATED
  if (party.status === 'CONFIRMED' && party.arrivedAt !== null)
    return 'border-2 border-l-6 border-confirmed bg-confirmed/15 text-ink'
  return expected[judgeLateness({ party, nowMs })]
}

/** The colours and edges of a cell, on the grid and in the picture. */
export function lookBlock({ block, nowMs }: { block: Block; nowMs: number }): string {
  return block.kind === 'TAKEN' ? lookTaken({ party: block.party, nowMs }) : looks[block.kind]
}

/** Marks that staff must see without opening the party; the cell's label has them in words. */
function BlockMarks({
  party,
  isWaiting,
  isObstructed,
}: {
  party: DayParty
  isWaiting: boolean
  isObstructed: boolean
}) {
  return (
    <span className="ml-auto flex shrink-0 items-center gap-0.5">
      {isObstructed && <WarningIcon />}
      {isWaiting && <ClockIcon />}
      {tellAllergies(party) && <AllergyIcon />}
      {(party.note || party.staffNote) && <NoteIcon />}
    </span>
  )
}

/** The lines of a cell: a party first, or what the cell is without one. */
function BlockLines({
  block,
  nowMs,
  isJoinedAbove,
  ...marked
}: {
  block: Block
  nowMs: number
  isJoinedAbove: boolean
  isWaiting: boolean
  isObstructed: boolean
}) {
  const { words, nameOnBoard } = useWords()
  const { describeBriefly, nameTogether } = useBlockWords()
  const { party, kind } = block
  const line = 'w-full truncate text-15 leading-tight tabular-nums'
  if (!party)
    // A past slot that stayed empty needs no visible word.
    return kind === 'OVER' || kind === 'GONE' ? null : (
      <span className="w-full truncate text-15">{words.grid[kind]}</span>
    )
  const together = nameTogether(block)
  // The row above has said who it is.
  if (isJoinedAbove && together) return <span className={line}>{together}</span>
  return (
    <>
      <span className="flex w-full items-center gap-1">
        <span className="truncate font-semibold">{nameOnBoard(party)}</span>
        <BlockMarks party={party} {...marked} />
      </span>
      <span className={line}>
        {kind === 'KEPT'
          ? words.grid.stillHere
          : [describeBriefly({ party, nowMs }), together].filter(Boolean).join(' · ')}
      </span>
    </>
  )
}

/** One cell of the board. Shape and word carry its state; colour only helps. */
export const SlotBlock = memo(function SlotBlock({
  block,
  left,
  width,
  nowMs,
  obstruction,
  isJoinedAbove,
  isJoinedBelow,
  isFresh,
  isChosen,
  isWaiting,
  isTabStop,
}: Placed &
  Joints & {
    block: Block
    nowMs: number
    /** Who still sits at the table of the party, in words. Null: nothing is in its way. */
    obstruction: string | null
    isFresh: boolean
    isChosen: boolean
    /** A tapped act for this slot has no answer yet. */
    isWaiting: boolean
    isTabStop: boolean
  }) {
  const { chooseBlock } = useBoardControls()
  const { words } = useWords()
  const { describeBlock } = useBlockWords()
  const { party, kind } = block
  const isOver = Date.parse(block.endsAt) <= nowMs
  const isOfOtherDate = party === null && (kind === 'TAKEN' || kind === 'KEPT')
  const isIdle = kind === 'OVER' || isOfOtherDate || (kind === 'BLOCKED' && isOver)
  const told = describeBlock({ block, nowMs })
  const joined = nameJoints({ isJoinedAbove, isJoinedBelow })
  const label = [told, obstruction, isWaiting && words.queue.label].filter(Boolean).join(', ')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table can't place cells by minutes
    // biome-ignore lint/a11y/useFocusableInteractive: the button inside takes the focus
    <div
      role="gridcell"
      data-joined={joined === 'none' ? undefined : joined}
      className={clsx('@container absolute inset-y-0 flex', joins[joined])}
      style={{ left: `${left}%`, width: `${width}%` }}
    >
      <button
        type="button"
        data-slot-id={block.slotIds[0]}
        tabIndex={isTabStop ? 0 : -1}
        aria-label={isChosen ? `${label}, ${words.grid.chosen}` : label}
        aria-disabled={isIdle || undefined}
        onClick={() => !isIdle && chooseBlock({ block, nowMs })}
        className="group/cell flex size-full min-w-0 p-0.5 -outline-offset-2"
      >
        <span
          className={clsx(
            'flex size-full min-w-0 flex-col justify-center overflow-hidden rounded-small px-0.5 text-left @min-[64px]:px-1.5 leading-tight transition-colors',
            isIdle && 'cursor-default!',
            isJoinedAbove && 'pt-3',
            isJoinedBelow && 'pb-3',
            lookBlock({ block, nowMs }),
            isChosen && 'border-2! border-solid! border-accent! font-semibold text-ink!',
            isFresh && 'ring-3 ring-accent ring-inset',
            isWaiting && 'outline-2 -outline-offset-4 outline-waiting outline-dashed',
          )}
        >
          <BlockLines
            block={block}
            nowMs={nowMs}
            isJoinedAbove={isJoinedAbove}
            isWaiting={isWaiting}
            isObstructed={obstruction !== null}
          />
        </span>
      </button>
    </div>
  )
})
