'use client'

import { useCallback, useLayoutEffect, useRef } from 'react'

/** The same function at each drawing, doing what the newest one does; for children that are memoised. */
export function useStable<Args extends unknown[], Outcome>(
  callback: (...args: Args) => Outcome,
): (...args: Args) => Outcome {
  const latest = useRef(callback)
  useLayoutEffect(() => {
    latest.current = callback
  })
  return useCallback((...args: Args) => latest.current(...args), [])
}
