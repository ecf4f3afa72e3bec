'use client'

import { useEffect } from 'react'

type Wish = { serviceDate: string; startsAt: string; partySize: number }

const HEADERS = { 'content-type': 'application/json' }

/** Which slot is kept, or null. Nobody waits for it, and nothing depends on it. */
async function ask({
  url,
  wish,
  turn,
}: {
  url: string
  wish: Wish
  turn: string | null
}): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: turn ? { ...HEADERS, 'opening-turn': turn } : HEADERS,
      body: JSON.stringify(wish),
    })
    const { slotId }: { slotId?: unknown } = await response.json()
    return response.ok && typeof slotId === 'string' ? slotId : null
  } catch {
    return null
  }
}

/** `keepalive`: it goes out although the page is being closed. */
function release({ url, ...held }: { url: string; serviceDate: string; slotId: string }): void {
  void fetch(url, {
    method: 'DELETE',
    headers: HEADERS,
    body: JSON.stringify(held),
    keepalive: true,
  }).catch(() => {})
}

/**
 * While somebody looks at their wish, asks others to leave its table alone, and gives it back when
 * they are done, go elsewhere or close the page. A page that just vanishes gives it back by itself,
 * three minutes after.
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
  /** Null: nobody is signed in, or there is nothing to wish for any more. */
  wish: Wish | null
  /** The same function each time, or the hold is asked for anew. */
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
    void ask({ url, wish: { serviceDate, startsAt, partySize }, turn }).then((given) => {
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
