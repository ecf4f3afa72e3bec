'use client'

import { type RefObject, useEffect } from 'react'

/** Less than all of it: a label placed between two pixels is never seen whole. */
const WHOLE = 0.95

/**
 * Marks the labels that the head beside the axis, or the edge of the board, would cut through: half a
 * time reads as another one.
 */
export function useWholeLabels({
  axis,
  head,
  shown,
}: {
  axis: RefObject<HTMLElement | null>
  /** Stays at the left while the axis scrolls under it. */
  head: RefObject<HTMLElement | null>
  /** Other labels are other elements. */
  shown: string
}): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` tells that the elements are others
  useEffect(() => {
    const root = axis.current?.closest('[data-scroller]')
    const { current: beside } = head
    if (!root || !beside) return
    const mark = (entries: IntersectionObserverEntry[]) => {
      for (const { target, intersectionRatio } of entries)
        target.toggleAttribute('data-cut', intersectionRatio < WHOLE)
    }
    let seen: IntersectionObserver | null = null
    // A board behind another tab has no size, and a turned tablet another one.
    const sizes = new ResizeObserver(() => {
      seen?.disconnect()
      seen = new IntersectionObserver(mark, {
        root,
        rootMargin: `0px 0px 0px -${beside.offsetWidth}px`,
        threshold: WHOLE,
      })
      for (const label of axis.current?.querySelectorAll('[data-tick]') ?? []) seen.observe(label)
    })
    sizes.observe(beside)
    return () => {
      sizes.disconnect()
      seen?.disconnect()
    }
  }, [axis, head, shown])
}
