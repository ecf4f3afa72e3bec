'use client'

import { useEffect } from 'react'
import { useStable } from '@/components/ui/use-stable'

/** After a time without a touch, starts over for the next guest. */
export function useIdle({
  afterMs,
  isWatching,
  onIdle,
}: {
  afterMs: number
  isWatching: boolean
  onIdle: () => void
}) {
  const tell = useStable(onIdle)
  useEffect(() => {
    if (!isWatching) return
    let timer = setTimeout(tell, afterMs)
    const begin = () => {
      clearTimeout(timer)
      timer = setTimeout(tell, afterMs)
    }
    window.addEventListener('pointerdown', begin)
    window.addEventListener('keydown', begin)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pointerdown', begin)
      window.removeEventListener('keydown', begin)
    }
  }, [afterMs, isWatching, tell])
}
