'use client'

import { useEffect, useState } from 'react'

/** What somebody wrote survives signing in, a reload and a closed sheet, in this tab only; never in an address. */
export function useKeptText(key: string): [string, (text: string) => void] {
  const [kept, setKept] = useState('')
  useEffect(() => {
    try {
      setKept(sessionStorage.getItem(key) ?? '')
    } catch {
      // Storage may be switched off; then it lives as long as the page.
    }
  }, [key])
  const keep = (text: string) => {
    setKept(text)
    try {
      if (text) sessionStorage.setItem(key, text)
      else sessionStorage.removeItem(key)
    } catch {
      // As above.
    }
  }
  return [kept, keep]
}
