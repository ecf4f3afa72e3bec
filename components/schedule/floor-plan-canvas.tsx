'use client'

import clsx from 'clsx'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import { PlanAreas } from '@/components/restaurant/floor-plan/plan-areas'
import { styleCell, styleFrame } from '@/components/restaurant/floor-plan/plan-frame'
import { PlanTable } from '@/components/restaurant/floor-plan/plan-table'
import { fillIn } from '@/components/ui/words'
import { measurePlan } from '@/domain/restaurant/floor-plan.rules'
import { PLAN_COLUMNS, PLAN_ROWS, type TablePlace } from '@/domain/restaurant/floor-plan.schema'
import type { Table } from '@/domain/restaurant/setup.schema'
import type { Area } from '@/domain/restaurant/table-group.schema'
import type { Messages } from '@/lib/i18n/messages'
import { usePlanDrag } from './use-plan-drag'

const CELL = { width: 112, height: 108 }
/** Room to move a table to, beside and below the others. */
const SPARE = 2

const steps: Partial<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** The room from above; tables move by drag, and by the arrow keys where they have the focus. */
export function FloorPlanCanvas({
  places,
  tables,
  areas,
  chosen,
  words,
  onChoose,
  onPut,
}: {
  places: TablePlace[]
  tables: Table[]
  areas: Area[]
  chosen: number | null
  words: Messages['schedule']
  onChoose: (tableNumber: number) => void
  onPut: (tableNumber: number, cell: { x: number; y: number }) => void
}) {
  const room = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLDivElement>(null)
  const frame = useMemo(() => {
    const { left, top, columns, rows } = measurePlan(places)
    return {
      ...{ left: 0, top: 0, cell: CELL },
      columns: Math.min(left + columns + SPARE, PLAN_COLUMNS),
      rows: Math.min(top + rows + SPARE, PLAN_ROWS),
    }
  }, [places])
  const { drag, onPointerDown } = usePlanDrag({ room, canvas, cell: CELL, onDrop: onPut })
  const told = words.floorPlan

  function onKeyDown(event: KeyboardEvent, { tableNumber, x, y }: TablePlace) {
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    onPut(tableNumber, { x: x + step.x, y: y + step.y })
  }
  return (
    <div
      ref={room}
      className="max-h-[70dvh] overflow-auto rounded-small border border-line bg-paper"
    >
      <div
        ref={canvas}
        className="relative select-none [-webkit-touch-callout:none]"
        style={styleFrame(frame)}
        onPointerDown={onPointerDown}
      >
        <PlanAreas areas={areas} places={places} frame={frame} />
        {drag && (
          <div
            aria-hidden="true"
            className="absolute rounded-small border-2 border-dashed border-accent"
            style={styleCell(frame, drag.over)}
          />
        )}
        <ul aria-label={told.plan}>
          {places.map((place) => {
            const { tableNumber, x, y, shape } = place
            const table = tables.find(({ number }) => number === tableNumber)
            const isChosen = tableNumber === chosen
            return (
              <li
                key={tableNumber}
                className="absolute px-1.5 pt-6 pb-2 transition-[left,top] motion-reduce:transition-none"
                style={styleCell(frame, place)}
              >
                <button
                  type="button"
                  data-table={tableNumber}
                  aria-pressed={isChosen}
                  aria-label={fillIn(told.stands, {
                    number: tableNumber,
                    shape: told.shapes[shape],
                    column: x + 1,
                    row: y + 1,
                  })}
                  onClick={() => onChoose(tableNumber)}
                  onFocus={() => onChoose(tableNumber)}
                  onKeyDown={(event) => onKeyDown(event, place)}
                  className="flex size-full min-w-0 cursor-grab"
                >
                  <PlanTable
                    shape={shape}
                    seats={table?.maxParty ?? 0}
                    look={clsx(
                      'border bg-raised',
                      isChosen ? 'border-2 border-accent' : 'border-quiet',
                      drag?.tableNumber === tableNumber && 'opacity-60',
                    )}
                  >
                    <span className="text-17 font-semibold tabular-nums">{tableNumber}</span>
                    <span className="text-15 text-quiet tabular-nums">
                      {fillIn(words.partyExactly, { max: table?.maxParty ?? 0 })}
                    </span>
                  </PlanTable>
                </button>
              </li>
            )
          })}
        </ul>
      </div>
    </div>
  )
}
