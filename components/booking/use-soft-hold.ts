'use client'

import { useEffect } from 'react'
import { ask, type Body, textOf } from '@/components/ui/client/ask'

type Wish = { serviceDate: string; startsAt: string; partySize: number }

/** Asks for a hold and returns the kept slot, or null. Nothing waits for it or depends on it. */
async function askForHold({
  url,
  wish,
  turn,
}: {
  url: string
  wish: Wish
  turn: string | null
}): Promise<string | null> {
  const headers = { ...(turn && { 'opening-turn': turn }) }
  const answer = await ask<Body>({ url, method: 'POST', body: wish, headers })
  return answer.kind === 'value' ? textOf(answer.value.slotId) : null
}

/** `keepalive` lets the request outlive a page that is being closed. */
function release({ url, ...body }: { url: string; serviceDate: string; slotId: string }): void {
  void ask({ url, method: 'DELETE', body, keepalive: true })
}

/**
 * While a diner looks at the sheet, asks other diners to leave its table alone. Releases it when
 * the diner finishes, leaves or closes the page; after a crash it expires by itself in three
 * minutes.
 */
export function useSoftHold({
  restaurantId,
  wish,
  turn = null,
  onHold,
}: {
  restaurantId: string
  /** The right to book behind a gate. */
  turn?: string | null
  /** Null: the visitor is signed out, or there is nothing left to hold. */
  wish: Wish | null
  /** Must keep its identity, or the hold is requested again. */
  onHold: (slotId: string) => void
}): void {
  const { serviceDate, startsAt, partySize } = wish ?? {}
  useEffect(() => {
    if (!serviceDate || !startsAt || !partySize) return
    const url = `/api/v1/restaurants/${restaurantId}/soft-holds`
    let slotId: string | null = null
    let isOver = false
    const giveBack = () => {
      isOver = true
      if (slotId) release({ url, serviceDate, slotId })
      slotId = null
    }
    void askForHold({ url, wish: { serviceDate, startsAt, partySize }, turn }).then((given) => {
      slotId = given
      if (isOver) giveBack()
      else if (given) onHold(given)
    })
    window.addEventListener('pagehide', giveBack)
    return () => {
      window.removeEventListener('pagehide', giveBack)
      giveBack()
    }
  }, [restaurantId, serviceDate, startsAt, partySize, turn, onHold])
}
