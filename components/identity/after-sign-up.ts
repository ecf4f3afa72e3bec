'use client'

import { readReturnPath } from '@/domain/identity/rules'

const KEY = 'after-sign-up'

/**
 * Keeps the page a visitor signed up from; the mailed link opens another tab of the same browser.
 */
export function keepReturnPath(path: string): void {
  try {
    localStorage.setItem(KEY, path)
  } catch {
    // With storage switched off, sign-up continues at the start page.
  }
}

/** Returns the kept path once, or `otherwise` if there is none. */
export function takeReturnPath(otherwise: string): string {
  try {
    const given = localStorage.getItem(KEY)
    localStorage.removeItem(KEY)
    return readReturnPath({ given, otherwise })
  } catch {
    return otherwise
  }
}
