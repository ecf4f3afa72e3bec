import type { ReminderAbout } from '@/domain/opening/reminder.schema'

type Of = { openingId: string; about: ReminderAbout }

const keyOf = ({ openingId, about }: Of) => `opening-reminder:${about}:${openingId}`
const wishOf = (openingId: string) => `opening-reminder-wish:${openingId}`

/**
 * Whether this account has asked on this device. The service isn't asked, because the same page is open
 * on 100,000 phones; asking twice changes nothing.
 */
export function readReminder({ accountId, ...of }: Of & { accountId: string }): boolean {
  try {
    return localStorage.getItem(keyOf(of)) === accountId
  } catch {
    return false
  }
}

export function keepReminder({
  accountId,
  ...of
}: Of & { /** Null: it was taken back. */ accountId: string | null }): void {
  try {
    if (accountId === null) localStorage.removeItem(keyOf(of))
    else localStorage.setItem(keyOf(of), accountId)
  } catch {
    // With storage switched off the switch looks off on the next visit; the service knows better.
  }
}

/** Remembers, in this tab only, that the visitor asked before signing in. */
export function keepReminderWish(openingId: string): void {
  try {
    sessionStorage.setItem(wishOf(openingId), '1')
  } catch {
    // Without storage the visitor presses once more.
  }
}

/** Returns the remembered wish once. */
export function takeReminderWish(openingId: string): boolean {
  try {
    const isKept = sessionStorage.getItem(wishOf(openingId)) !== null
    sessionStorage.removeItem(wishOf(openingId))
    return isKept
  } catch {
    return false
  }
}
