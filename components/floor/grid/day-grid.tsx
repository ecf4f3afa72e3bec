'use client'

import clsx from 'clsx'
import { memo, useEffect, useMemo, useRef } from 'react'
import { useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { makeTimeScale, measureAxis, placeInstant } from '@/domain/floor/axis.rules'
import { layOutRows } from '@/domain/floor/grid.rules'
import { GridRow } from './grid-row'
import { HeldParty } from './held-party'
import { NowLine, TimeAxis } from './time-axis'
import { useDrag } from './use-drag'
import { useGridKeys } from './use-grid-keys'

/** This share of the visible width shows the past, to the left of the present. */
const PAST_SHARE = 0.3

/** Scrolls to the present once, as soon as the board is on the screen. */
function useStartAtPresent(share: number | null) {
  const scroller = useRef<HTMLDivElement>(null)
  const firstShare = useRef(share)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      // A board behind another tab has no size.
      if (element.clientWidth === 0) return
      observer.disconnect()
      if (firstShare.current === null) return
      const atPx = (firstShare.current / 100) * element.scrollWidth
      element.scrollLeft = atPx - element.clientWidth * PAST_SHARE
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return scroller
}

/** Times across, tables down, the present a thin line. Scrolls to the present once. */
export const DayGrid = memo(function DayGrid({
  chosenIds,
  staleAt,
}: {
  chosenIds: readonly string[]
  /** The instant at which the board stopped being live. Null: it is live. */
  staleAt: string | null
}) {
  const { tables, slots, parties, closed: isClosed, serviceDate, today, nowMs } = useBoardView()
  const isToday = serviceDate === today
  const { words } = useWords()
  const grid = useRef<HTMLDivElement>(null)
  const held = useRef<HTMLDivElement>(null)
  const scale = useMemo(() => makeTimeScale(slots), [slots])
  const rows = useMemo(
    () => layOutRows({ day: { tables, slots, parties }, nowMs, isClosed, isToday }),
    [tables, slots, parties, nowMs, isClosed, isToday],
  )
  const { tabStopId, onKeyDown } = useGridKeys({ rows, nowMs, grid })
  const scroller = useStartAtPresent(scale && placeInstant({ scale, atMs: nowMs }))
  const { drag, onPointerDown } = useDrag({ rows, scroller, held })
  const overId = drag?.slotId ?? null
  const shownIds = useMemo(() => (overId === null ? chosenIds : [overId]), [chosenIds, overId])

  if (!scale) return null
  const leastPx = measureAxis({ scale, rows })
  return (
    <div
      ref={scroller}
      data-scroller
      className={clsx(
        'relative isolate min-h-0 grow overflow-auto [--head:84px] md:[--head:92px]',
        staleAt && 'rounded-small outline-2 outline-offset-2 outline-waiting outline-dashed',
      )}
    >
      <div className="relative" style={{ minWidth: `calc(var(--head) + ${leastPx}px)` }}>
        <TimeAxis scale={scale} slots={slots} leastPx={leastPx} nowMs={nowMs} staleAt={staleAt} />
        {/* biome-ignore lint/a11y/useSemanticElements: a table can't place cells by minutes */}
        <div
          ref={grid}
          role="grid"
          tabIndex={-1}
          aria-label={words.grid.label}
          className="select-none [-webkit-touch-callout:none]"
          onKeyDown={onKeyDown}
          onPointerDown={onPointerDown}
        >
          {rows.map((row, index) => (
            <GridRow
              key={row.table.number}
              row={row}
              above={rows[index - 1]}
              below={rows[index + 1]}
              scale={scale}
              axisPx={leastPx}
              chosenIds={shownIds}
              tabStopId={
                row.blocks.some((block) => block.slotIds[0] === tabStopId) ? tabStopId : null
              }
            />
          ))}
        </div>
        <NowLine scale={scale} nowMs={nowMs} />
      </div>
      {drag && <HeldParty drag={drag} held={held} />}
    </div>
  )
})
