'use client'

import { useEffect } from 'react'
import { ask, type Body, textOf } from '@/components/ui/client/ask'

type Wish = { serviceDate: string; startsAt: string; partySize: number }

/** Which slot is kept, or null. Nobody waits for it, and nothing depends on it. */
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

/** `keepalive`: it goes out although the page is being closed. */
function release({ url, ...body }: { url: string; serviceDate: string; slotId: string }): void {
  void ask({ url, method: 'DELETE', body, keepalive: true })
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
