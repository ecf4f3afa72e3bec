'use client'

import { type CSSProperties, type RefObject, useEffect, useMemo, useState } from 'react'
import { fitCell, measurePlan } from '@/domain/restaurant/floor-plan.rules'
import type { TablePlace } from '@/domain/restaurant/floor-plan.schema'

type Cell = Pick<TablePlace, 'x' | 'y'>

/** Which cells are drawn, and how large. */
export type PlanFrame = {
  left: number
  top: number
  columns: number
  rows: number
  cell: { width: number; height: number }
}

/** Before it is measured. */
const FIRST_ROOM = { width: 760, height: 560 }

/** Fits the plan into the room that its element has, and follows it. */
export function usePlanFrame({
  places,
  room: element,
}: {
  places: readonly TablePlace[]
  room: RefObject<HTMLElement | null>
}): PlanFrame {
  const [room, setRoom] = useState(FIRST_ROOM)
  useEffect(() => {
    const { current } = element
    if (!current) return
    const observer = new ResizeObserver(() => {
      // A board behind another tab has no size.
      if (current.clientWidth === 0) return
      setRoom({ width: current.clientWidth, height: current.clientHeight })
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return useMemo(() => {
    const measured = measurePlan(places)
    return { ...measured, cell: fitCell({ ...measured, room }) }
  }, [places, room])
}

/** The place of a cell within the frame, in pixels. */
export function styleCell({ left, top, cell }: PlanFrame, { x, y }: Cell): CSSProperties {
  return {
    left: (x - left) * cell.width,
    top: (y - top) * cell.height,
    width: cell.width,
    height: cell.height,
  }
}

export function styleFrame({ columns, rows, cell }: PlanFrame): CSSProperties {
  return { width: columns * cell.width, height: rows * cell.height }
}
