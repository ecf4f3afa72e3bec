'use client'

import { useEffect, useState } from 'react'

/** Empty: nothing kept, or storage switched off. */
export function readText(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

/** In this tab only. With storage switched off it is not kept. */
export function keepText(key: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(key, text)
    else sessionStorage.removeItem(key)
  } catch {
    // The text lives as long as the page.
  }
}

/**
 * Keeps the diner's text through signing in, a reload and a closed sheet, in this tab only and
 * never in an address.
 */
export function useKeptText(key: string): [string, (text: string) => void] {
  const [kept, setKept] = useState('')
  useEffect(() => setKept(readText(key)), [key])
  const keep = (text: string) => {
    setKept(text)
    keepText(key, text)
  }
  return [kept, keep]
}
