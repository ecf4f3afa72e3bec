'use client'

import { useEffect, useState } from 'react'

/** A note survives signing in, a reload and a closed sheet, in this tab only; never in an address. */
export function useKeptNote(restaurantId: string): [string, (note: string) => void] {
  const key = `note:${restaurantId}`
  const [note, setNote] = useState('')
  useEffect(() => {
    try {
      setNote(sessionStorage.getItem(key) ?? '')
    } catch {
      // Storage may be switched off; then the note lives as long as the page.
    }
  }, [key])
  const keep = (text: string) => {
    setNote(text)
    try {
      if (text) sessionStorage.setItem(key, text)
      else sessionStorage.removeItem(key)
    } catch {
      // As above.
    }
  }
  return [note, keep]
}
