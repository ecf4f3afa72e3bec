'use client'

import { useCallback, useSyncExternalStore } from 'react'

const KEY = 'bobjool.read-note'
const CHANGED = 'bobjool:read-note'

function watch(tell: () => void) {
  window.addEventListener(CHANGED, tell)
  return () => window.removeEventListener(CHANGED, tell)
}

/** For as long as the page is open where storage is switched off. */
let readHere: string | null = null

function readMark(): string | null {
  try {
    return localStorage.getItem(KEY) ?? readHere
  } catch {
    return readHere
  }
}

/** Whether this version of a date's note was read on this device; only the last one is remembered. */
export function useReadNote({
  of,
  version,
}: {
  of: string
  version: number
}): [boolean, () => void] {
  const mark = `${of} ${version}`
  // The server does not know: nothing is shown until the device has said so.
  const isRead = useSyncExternalStore(
    watch,
    () => readMark() === mark,
    () => true,
  )
  const markRead = useCallback(() => {
    readHere = mark
    try {
      localStorage.setItem(KEY, mark)
    } catch {
      // As above.
    }
    window.dispatchEvent(new Event(CHANGED))
  }, [mark])
  return [isRead, markRead]
}
