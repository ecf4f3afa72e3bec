'use client'

import { useRef, useState } from 'react'
import type { Dining } from '@/domain/line/types'
import type { Locale } from '@/lib/i18n/locale'
import { makeKey, useAsking } from '../use-asking'

/** How the guest can be reached, or `null`: not at all. */
export type Contact = { phone: string } | { email: string } | null
export type KioskChoice = { partySize: number; dining: Dining }
type Wish = KioskChoice & { contact: Contact }

export type KioskTicket = { number: number; place: number | null; token: string }
export type KioskTrouble = { kind: 'refused'; title: string | null } | { kind: 'unknown' }

function readTicket(body: Record<string, unknown>): KioskTicket | null {
  const { number, place, token } = body
  if (typeof number !== 'number' || typeof token !== 'string') return null
  return { number, place: typeof place === 'number' ? place : null, token }
}

/** Takes a ticket at the door; a double tap, and a second try after a lost answer, make one ticket. */
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
  /** Of a wish whose outcome is not known. */
  const open = useRef<{ said: string; key: string } | null>(null)

  async function take({ contact, ...wish }: Wish) {
    const body = { ...wish, channel: 'KIOSK', ...(contact && { contact }) }
    const said = JSON.stringify(body)
    const key = open.current?.said === said ? open.current.key : makeKey()
    open.current = { said, key }
    setTrouble(null)
    const url = `/api/v1/restaurants/${restaurantId}/tickets`
    const answered = await asking.run({ url, body, key, headers: { 'kiosk-token': token } })
    if (!answered) return
    if (answered.kind === 'unknown') return setTrouble(answered)
    open.current = null
    if (answered.kind === 'done') return setTaken(readTicket(answered.body))
    if (answered.reason === 'kiosk-revoked') return onRevoked()
    setTrouble({ kind: 'refused', title: answered.title })
  }

  return {
    state: asking.state,
    isRunning: asking.isRunning,
    taken,
    trouble,
    take,
    /** For the next guest. */
    forget: () => {
      open.current = null
      setTaken(null)
      setTrouble(null)
    },
  }
}

export type KioskTaking = ReturnType<typeof useKioskTaking>
