'use client'

import { useEffect, useState } from 'react'

/**
 * Keeps the diner's text through signing in, a reload and a closed sheet, in this tab only and
 * never in an address.
 */
export function useKeptText(key: string): [string, (text: string) => void] {
  const [kept, setKept] = useState('')
  useEffect(() => {
    try {
      setKept(sessionStorage.getItem(key) ?? '')
    } catch {
      // With storage switched off the text lives as long as the page.
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
