'use client'

import { type KeyboardEvent, type RefObject, useState } from 'react'
import type { Block, GridRow } from '@/domain/floor/grid.rules'
import { findNeighbour } from '@/domain/floor/grid.rules'

const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] as const

function findFirst({ rows, nowMs }: { rows: GridRow[]; nowMs: number }): Block | undefined {
  const blocks = rows.flatMap((row) => row.blocks)
  return blocks.find((block) => Date.parse(block.endsAt) > nowMs) ?? blocks[0]
}

/** The board is a single tab stop; arrow keys move within it, as in a spreadsheet. */
export function useGridKeys({
  rows,
  nowMs,
  grid,
}: {
  rows: GridRow[]
  nowMs: number
  grid: RefObject<HTMLElement | null>
}) {
  const [lastId, setLastId] = useState<string | null>(null)
  const isThere = rows.some(({ blocks }) => blocks.some((block) => block.slotIds[0] === lastId))
  const tabStopId = isThere ? lastId : (findFirst({ rows, nowMs })?.slotIds[0] ?? null)

  function onKeyDown(event: KeyboardEvent) {
    const key = keys.find((candidate) => candidate === event.key)
    const focused = event.target instanceof HTMLElement ? event.target.dataset.slotId : undefined
    if (!key || !focused) return
    event.preventDefault()
    const [id] = findNeighbour({ rows, slotId: focused, key })?.slotIds ?? []
    if (!id) return
    setLastId(id)
    grid.current?.querySelector<HTMLElement>(`[data-slot-id="${id}"]`)?.focus()
  }
  return { tabStopId, onKeyDown }
}
