'use client'

import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { holdPointer, type Point } from '@/components/ui/client/hold-pointer'

type Cell = { x: number; y: number }

/**
 * A table is dragged to another cell: by mouse or pen at once, by finger after a rest. Escape leaves
 * everything as it was.
 */
export function usePlanDrag({
  room,
  canvas,
  cell,
  onDrop,
}: {
  /** What scrolls. */
  room: RefObject<HTMLElement | null>
  /** What begins at the first cell. */
  canvas: RefObject<HTMLElement | null>
  cell: { width: number; height: number }
  onDrop: (tableNumber: number, cell: Cell) => void
}) {
  /** The table in the air and the cell below it. Null: none. */
  const [drag, setDrag] = useState<{ tableNumber: number; over: Cell } | null>(null)
  const isLifted = useRef(false)
  const letGo = useRef<() => void>(null)

  useEffect(() => {
    const element = room.current
    // It stands before the finger comes: a listener that comes later can't keep the plan from scrolling.
    const stay = (event: TouchEvent) =>
      isLifted.current && event.cancelable && event.preventDefault()
    element?.addEventListener('touchmove', stay, { passive: false })
    return () => {
      element?.removeEventListener('touchmove', stay)
      letGo.current?.()
    }
  }, [room])

  const cellAt = (at: Point): Cell => {
    const { left = 0, top = 0 } = canvas.current?.getBoundingClientRect() ?? {}
    return { x: Math.floor((at.x - left) / cell.width), y: Math.floor((at.y - top) / cell.height) }
  }

  function onPointerDown({ button, isPrimary, target, nativeEvent }: PointerEvent) {
    const pressed = target instanceof Element ? target.closest<HTMLElement>('[data-table]') : null
    if (button !== 0 || !isPrimary || !pressed) return
    const tableNumber = Number(pressed.dataset.table)
    letGo.current = holdPointer({
      pressed: nativeEvent,
      onLift: (from) => {
        isLifted.current = true
        setDrag({ tableNumber, over: cellAt(from) })
      },
      onMove: (at) => setDrag({ tableNumber, over: cellAt(at) }),
      onDrop: (at) => onDrop(tableNumber, cellAt(at)),
      onEnd: () => {
        isLifted.current = false
        setDrag(null)
      },
    })
  }
  return { drag, onPointerDown }
}
