import type { OpeningEntry } from '@/domain/opening/schema'

/** This device's copy of a visitor's place in an opening; the service has all of it too. */
export type KeptPlace = {
  accountId: string
  entry: OpeningEntry
  /** The latest right to book, and its end. Null: none yet. */
  turn: { turn: string; expiresAt: string } | null
  /** The reservation made with it on this device. */
  reservationId: string | null
}

const keyOf = (openingId: string) => `opening:${openingId}`

/** The account on a receipt. Null: the receipt can't be read. */
export function readReceiptAccount(receipt: string): string | null {
  try {
    const [said = ''] = receipt.split('.')
    const claims: unknown = JSON.parse(atob(said.replaceAll('-', '+').replaceAll('_', '/')))
    if (typeof claims !== 'object' || claims === null || !('a' in claims)) return null
    return typeof claims.a === 'string' ? claims.a : null
  } catch {
    return null
  }
}

export function readPlace(openingId: string): KeptPlace | null {
  try {
    const kept: KeptPlace | null = JSON.parse(localStorage.getItem(keyOf(openingId)) ?? 'null')
    // Anything else stored there is not ours.
    const isWhole = kept && readReceiptAccount(kept.entry.receipt) === kept.accountId
    return isWhole ? kept : null
  } catch {
    return null
  }
}

export function keepPlace(openingId: string, place: KeptPlace): void {
  try {
    localStorage.setItem(keyOf(openingId), JSON.stringify(place))
  } catch {
    // With storage switched off the service supplies it again on the next visit.
  }
}

/** Reports changes from other tabs. Returns a function that stops it. */
export function watchPlace(openingId: string, tell: () => void): () => void {
  const hear = (event: StorageEvent) => {
    if (event.key === keyOf(openingId)) tell()
  }
  window.addEventListener('storage', hear)
  return () => window.removeEventListener('storage', hear)
}

const wishOf = (openingId: string) => `opening-enter:${openingId}`

/** Remembers, in this tab only, that the visitor pressed enter before signing in. */
export function keepWish(openingId: string): void {
  try {
    sessionStorage.setItem(wishOf(openingId), '1')
  } catch {
    // Without storage the visitor presses the button once more.
  }
}

/** Returns the remembered wish once. */
export function takeWish(openingId: string): boolean {
  try {
    const isKept = sessionStorage.getItem(wishOf(openingId)) !== null
    sessionStorage.removeItem(wishOf(openingId))
    return isKept
  } catch {
    return false
  }
}
