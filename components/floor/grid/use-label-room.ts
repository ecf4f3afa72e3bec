'use client'

import { type RefObject, useEffect, useState } from 'react'

const GAP_PX = 8

/**
 * The share of the axis, in per cent, that a label needs with a gap beside it. Measured, because the
 * device chooses the typeface and the size of its letters, and how wide the axis is.
 */
export function useLabelRoom({
  axis,
  label,
  first,
}: {
  axis: RefObject<HTMLElement | null>
  /** As wide as the widest label. */
  label: RefObject<HTMLElement | null>
  /** Until it is measured. */
  first: number
}): number {
  const [measured, setMeasured] = useState<number | null>(null)
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      const axisPx = axis.current?.offsetWidth ?? 0
      const labelPx = label.current?.offsetWidth ?? 0
      // A board behind another tab has no size.
      if (axisPx > 0) setMeasured(((labelPx + GAP_PX) / axisPx) * 100)
    })
    for (const { current } of [axis, label]) if (current) observer.observe(current)
    return () => observer.disconnect()
  }, [axis, label])
  return measured ?? first
}
