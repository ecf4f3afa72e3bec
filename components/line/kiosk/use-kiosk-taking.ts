'use client'

import { useState } from 'react'
import { useAsking } from '@/components/ui/client/use-asking'
import type { Dining } from '@/domain/line/types'
import type { Locale } from '@/lib/i18n/locale'

/** The guest's contact, or `null` for none; with a name if the guest agrees to be remembered. */
export type Contact = (({ phone: string } | { email: string }) & { name?: string }) | null
export type KioskChoice = { partySize: number; dining: Dining }
type Wish = KioskChoice & { contact: Contact }

export type KioskTicket = { number: number; place: number | null; token: string }
export type KioskTrouble =
  | { kind: 'refused'; title: string | null; isInLine: boolean }
  | { kind: 'unknown' }

function readTicket(body: Record<string, unknown>): KioskTicket | null {
  const { number, place, token } = body
  if (typeof number !== 'number' || typeof token !== 'string') return null
  return { number, place: typeof place === 'number' ? place : null, token }
}

/**
 * Takes a ticket at the door; a double tap, or a retry after a lost answer, still makes one ticket.
 */
export function useKioskTaking({
  restaurantId,
  token,
  onRevoked,
  locale,
}: {
  restaurantId: string
  token: string
  onRevoked: () => void
  locale: Locale
}) {
  const asking = useAsking({ locale })
  const [taken, setTaken] = useState<KioskTicket | null>(null)
  const [trouble, setTrouble] = useState<KioskTrouble | null>(null)

  async function take({ contact, ...wish }: Wish) {
    const body = {
      ...wish,
      channel: 'KIOSK',
      ...(contact && { contact, remember: contact.name !== undefined }),
    }
    setTrouble(null)
    const url = `/api/v1/restaurants/${restaurantId}/tickets`
    const answered = await asking.run({ url, body, readHeaders: () => ({ 'kiosk-token': token }) })
    if (!answered) return
    if (answered.kind === 'unknown') return setTrouble(answered)
    if (answered.kind === 'done') return setTaken(readTicket(answered.value))
    const { reason, title } = answered.problem
    if (reason === 'kiosk-revoked') return onRevoked()
    setTrouble({ kind: 'refused', title, isInLine: reason === 'already-in-line' })
  }

  return {
    state: asking.state,
    isRunning: asking.isRunning,
    taken,
    trouble,
    take,
    /** Starts over for the next guest. */
    forget: () => {
      asking.forget()
      setTaken(null)
      setTrouble(null)
    },
  }
}

export type KioskTaking = ReturnType<typeof useKioskTaking>
