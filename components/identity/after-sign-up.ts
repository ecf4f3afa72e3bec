'use client'

import { readReturnPath } from '@/domain/identity/rules'

const KEY = 'after-sign-up'

/** Where somebody was when they signed up; the mailed link opens another tab of the same browser. */
export function keepReturnPath(path: string): void {
  try {
    localStorage.setItem(KEY, path)
  } catch {
    // Storage may be switched off; then the way goes on from the start.
  }
}

/** The path that was kept, once; `otherwise` when there is none. */
export function takeReturnPath(otherwise: string): string {
  try {
    const given = localStorage.getItem(KEY)
    localStorage.removeItem(KEY)
    return readReturnPath({ given, otherwise })
  } catch {
    return otherwise
  }
}
