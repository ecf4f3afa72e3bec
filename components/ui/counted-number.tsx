'use client'

import { useEffect, useState } from 'react'

const STEP_MS = 90
const MOST_STEPS = 12

/** Counts up or down to a changed number; changes at once where motion is reduced. */
export function CountedNumber({ value }: { value: number }) {
  const [shown, setShown] = useState(value)
  useEffect(() => {
    if (shown === value) return
    const isFar = Math.abs(value - shown) > MOST_STEPS
    if (isFar || window.matchMedia('(prefers-reduced-motion: reduce)').matches)
      return setShown(value)
    const timer = setTimeout(() => setShown(shown + Math.sign(value - shown)), STEP_MS)
    return () => clearTimeout(timer)
  }, [shown, value])
  return <span className="tabular-nums">{shown}</span>
}
