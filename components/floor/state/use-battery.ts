'use client'

import { useEffect, useState } from 'react'

type Battery = EventTarget & { level: number; charging: boolean }

declare global {
  interface Navigator {
    /** Only in browsers that tell of their battery. */
    getBattery?: () => Promise<Battery>
  }
}

const changes = ['levelchange', 'chargingchange'] as const

/** The tablet's battery, from 0 to 1. Null: the browser tells nothing of it. */
export function useBattery(): { level: number; charging: boolean } | null {
  const [known, setKnown] = useState<{ level: number; charging: boolean } | null>(null)
  useEffect(() => {
    let isWanted = true
    let battery: Battery | null = null
    const read = () => {
      if (isWanted && battery) setKnown({ level: battery.level, charging: battery.charging })
    }
    navigator.getBattery?.().then(
      (found) => {
        battery = found
        for (const change of changes) found.addEventListener(change, read)
        read()
      },
      () => {},
    )
    return () => {
      isWanted = false
      for (const change of changes) battery?.removeEventListener(change, read)
    }
  }, [])
  return known
}
