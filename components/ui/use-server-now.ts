'use client'

import { useEffect, useState } from 'react'

/** The database's clock as this device knows it, read anew `everyMs`; null until it has begun. */
export function useServerNow({
  clockOffsetMs,
  everyMs,
}: {
  clockOffsetMs: number
  everyMs: number
}): number | null {
  const [nowMs, setNowMs] = useState<number | null>(null)
  useEffect(() => {
    const read = () => setNowMs(Date.now() + clockOffsetMs)
    read()
    const timer = setInterval(read, everyMs)
    return () => clearInterval(timer)
  }, [clockOffsetMs, everyMs])
  return nowMs
}
