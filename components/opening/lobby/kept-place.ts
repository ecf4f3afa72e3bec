import type { OpeningEntry } from '@/domain/opening/schema'

/** What this device keeps of somebody's part in an opening; the service has all of it as well. */
export type KeptPlace = {
  accountId: string
  entry: OpeningEntry
  /** The right to book that was given last, and until when. Null: none yet. */
  turn: { turn: string; expiresAt: string } | null
  /** What was booked with it from this device. */
  reservationId: string | null
}

const keyOf = (openingId: string) => `opening:${openingId}`

/** Whose receipt it is. Null: it can't be read. */
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
    // Whatever else may stand there is none of ours.
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
    // Storage may be switched off; then the service tells it again on the next visit.
  }
}

/** Tells of what another tab has kept. Returns how to stop. */
export function watchPlace(openingId: string, tell: () => void): () => void {
  const hear = (event: StorageEvent) => {
    if (event.key === keyOf(openingId)) tell()
  }
  window.addEventListener('storage', hear)
  return () => window.removeEventListener('storage', hear)
}

const wishOf = (openingId: string) => `opening-enter:${openingId}`

/** Somebody wanted to enter and has to sign in first; remembered in this tab only. */
export function keepWish(openingId: string): void {
  try {
    sessionStorage.setItem(wishOf(openingId), '1')
  } catch {
    // Then they press the button once more.
  }
}

/** Whether they wanted to, told once. */
export function takeWish(openingId: string): boolean {
  try {
    const isKept = sessionStorage.getItem(wishOf(openingId)) !== null
    sessionStorage.removeItem(wishOf(openingId))
    return isKept
  } catch {
    return false
  }
}
