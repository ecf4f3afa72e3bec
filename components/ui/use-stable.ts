'use client'

import { useCallback, useLayoutEffect, useRef } from 'react'

/** A function with a stable identity that always runs the newest version, for memoised children. */
export function useStable<Args extends unknown[], Outcome>(
  callback: (...args: Args) => Outcome,
): (...args: Args) => Outcome {
  const latest = useRef(callback)
  useLayoutEffect(() => {
    latest.current = callback
  })
  return useCallback((...args: Args) => latest.current(...args), [])
}
