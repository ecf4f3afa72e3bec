'use client'

import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { holdPointer, type Point } from '@/components/ui/client/hold-pointer'
import { useStable } from '@/components/ui/use-stable'
import type { GridRow } from '@/domain/floor/grid.rules'
import { canMove } from '@/domain/floor/target.rules'

/** This near an edge, the board scrolls along. */
const EDGE_PX = 40
const EDGE_STEP_PX = 16

/** A party in the air. */
export type Drag = {
  reservationId: string
  /** Where it was lifted. */
  from: Point
  /** The cell under the pointer. Null: none. */
  slotId: string | null
}

function readSlotId(element: Element | null): string | null {
  return element?.closest<HTMLElement>('[data-slot-id]')?.dataset.slotId ?? null
}

const slotIdAt = ({ x, y }: Point) => readSlotId(document.elementFromPoint(x, y))

/** Scrolls the board under a party that is held at its edge. */
function scrollAlong(scroller: HTMLElement, { x, y }: Point): void {
  const { left, right, top, bottom } = scroller.getBoundingClientRect()
  const step = (before: number, after: number) =>
    (before < EDGE_PX ? -EDGE_STEP_PX : 0) + (after < EDGE_PX ? EDGE_STEP_PX : 0)
  scroller.scrollBy(step(x - left, right - x), step(y - top, bottom - y))
}

/**
 * A party that is still to come is dragged to another cell: by mouse or pen at once, by finger after a
 * rest. A drop moves nothing; it asks what a tap on that cell asks, so an accidental drag is no act.
 * Escape, or a drop beside every cell, leaves everything as it was.
 */
export function useDrag({
  rows,
  scroller,
  held,
}: {
  rows: GridRow[]
  scroller: RefObject<HTMLElement | null>
  /** What follows the pointer. */
  held: RefObject<HTMLElement | null>
}) {
  const { moveParty } = useBoardControls()
  const { parties, serviceDate, today } = useBoardView()
  const [drag, setDrag] = useState<Drag | null>(null)
  const isLifted = useRef(false)
  const letGo = useRef<() => void>(null)

  useEffect(() => {
    const element = scroller.current
    // It stands before the finger comes: a listener that comes later can't keep the board from scrolling.
    const stay = (event: TouchEvent) =>
      isLifted.current && event.cancelable && event.preventDefault()
    element?.addEventListener('touchmove', stay, { passive: false })
    return () => {
      element?.removeEventListener('touchmove', stay)
      letGo.current?.()
    }
  }, [scroller])

  const follow = (at: Point) => {
    if (held.current) held.current.style.translate = `${at.x}px ${at.y}px`
    if (scroller.current) scrollAlong(scroller.current, at)
    const slotId = slotIdAt(at)
    setDrag((before) => (before && before.slotId !== slotId ? { ...before, slotId } : before))
  }
  const drop = useStable((id: string, at: Point) => {
    const party = parties.find(({ reservationId }) => reservationId === id)
    const slotId = slotIdAt(at)
    if (party && slotId !== null && !party.slotIds.includes(slotId)) moveParty(party, slotId)
  })

  function onPointerDown({ button, isPrimary, target, nativeEvent }: PointerEvent) {
    const slotId = target instanceof Element ? readSlotId(target) : null
    const blocks = rows.flatMap((row) => row.blocks)
    const { party } = blocks.find(({ slotIds: [first] }) => first === slotId) ?? {}
    if (button !== 0 || !isPrimary || !party || !canMove(party) || serviceDate < today) return
    const { reservationId } = party
    letGo.current = holdPointer({
      pressed: nativeEvent,
      onLift: (from) => {
        isLifted.current = true
        setDrag({ reservationId, from, slotId: null })
      },
      onMove: follow,
      onDrop: (at) => drop(reservationId, at),
      onEnd: () => {
        isLifted.current = false
        setDrag(null)
      },
    })
  }
  return { drag, onPointerDown }
}
