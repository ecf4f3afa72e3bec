'use client'

import clsx from 'clsx'
import { memo } from 'react'
import type { Block } from '@/domain/board/day/grid/types'
import { countMinutesLate } from '@/domain/board/day/party/rules'
import { useWords } from './use-words'

export type BlockPlace = { left: number; width: number }

const looks = {
  FREE: 'border border-quiet/60 text-quiet hover:border-ink hover:text-ink',
  HELD: 'border-2 border-dashed border-waiting text-ink',
  BLOCKED: 'hatched border border-line text-quiet',
  OVER: '',
  GONE: 'bg-line/50 text-quiet',
}

/** Filled in the colour of what it is: expected, late, or at the table. */
function lookTaken({ status, isLate }: { status: string; isLate: boolean }): string {
  if (status === 'SEATED') return 'bg-confirmed text-paper dark:bg-confirmed/70'
  if (isLate) return 'border-l-6 border-waiting bg-waiting/15 text-ink'
  return 'border-l-6 border-quiet bg-line text-ink'
}

/** One cell of the board. Its state is told by its shape and a word; colour only helps. */
export const SlotBlock = memo(function SlotBlock({
  block,
  place,
  nowMs,
  isFresh,
  isChosen,
  isTabStop,
  onChoose,
}: {
  block: Block
  place: BlockPlace
  nowMs: number
  isFresh: boolean
  isChosen: boolean
  isTabStop: boolean
  onChoose: (block: Block) => void
}) {
  const { t, nameParty, describeStatus, describeBlock } = useWords()
  const { party, kind } = block
  const isIdle = kind === 'OVER' || kind === 'BLOCKED'
  const isLate = party !== null && countMinutesLate({ party, nowMs }) > 0
  const look = kind === 'TAKEN' ? lookTaken({ status: party?.status ?? '', isLate }) : looks[kind]
  const label = describeBlock({ block, nowMs })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table can't place cells by minutes
    // biome-ignore lint/a11y/useFocusableInteractive: the button in it takes the focus
    <div
      role="gridcell"
      className="absolute inset-y-1 px-0.5"
      style={{ left: `${place.left}%`, width: `${place.width}%` }}
    >
      <button
        type="button"
        data-slot-id={block.slotIds[0]}
        tabIndex={isTabStop ? 0 : -1}
        aria-label={isChosen ? `${label}, ${t('grid.chosen')}` : label}
        aria-disabled={isIdle || undefined}
        onClick={() => !isIdle && onChoose(block)}
        className={clsx(
          'flex size-full flex-col justify-center overflow-hidden rounded-small px-2 text-left leading-tight transition-colors',
          isIdle && 'cursor-default!',
          look,
          isChosen && 'border-2! border-solid! border-accent! font-semibold text-ink!',
          isFresh && 'ring-3 ring-accent ring-inset',
        )}
      >
        {party ? (
          <>
            <span className="w-full truncate font-semibold">{party.name ?? nameParty(party)}</span>
            <span className="w-full truncate text-15 leading-normal tabular-nums">
              {t('grid.size', { count: party.partySize })} · {describeStatus({ party, nowMs })}
            </span>
          </>
        ) : (
          // What is over and was empty needs no word to the eye.
          kind !== 'OVER' && <span className="w-full truncate text-15">{t(`grid.${kind}`)}</span>
        )}
      </button>
    </div>
  )
})
