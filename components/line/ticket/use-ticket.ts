'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ask } from '@/components/ui/client/ask'
import { repeat } from '@/components/ui/client/poll'
import { serverClock } from '@/components/ui/client/server-clock'
import { followTicket, needsAnotherLook, type Shown } from '@/domain/line/place.rules'
import type { LineSnapshot, TicketView } from '@/domain/line/schema'
import type { Locale } from '@/lib/i18n/locale'
import { useLine } from '../use-line'

/** How often the ticket itself is polled when there is no line to follow. */
const ALONE_MS = 15_000

async function askTicket({ address, locale }: { address: string; locale: Locale }) {
  const answer = await ask<TicketView>({ url: `/api/v1/tickets/${address}`, locale })
  if (answer.kind === 'problem' && answer.problem.status === 401) return 'signed-out'
  if (answer.kind !== 'value') return null
  serverClock.learn({ ...answer, toldMs: Date.parse(answer.value.now) })
  return answer.value
}

/**
 * A live ticket: its place comes from the shared snapshot, and the party's own part is fetched
 * again when the snapshot shows a change. `address` is its id, or the token of its link.
 */
export function useTicket({
  initial,
  initialLine,
  address,
  locale,
}: {
  initial: TicketView
  /** Null: its restaurant shows no line now. */
  initialLine: LineSnapshot | null
  address: string
  locale: Locale
}) {
  const router = useRouter()
  const [own, setOwn] = useState(initial)
  const live = useLine({ restaurantId: initial.restaurant.id, initial: initialLine })
  const isAsking = useRef(false)
  const look = useCallback(async () => {
    if (isAsking.current) return
    isAsking.current = true
    const ticket = await askTicket({ address, locale })
    isAsking.current = false
    // The server redirects to signing in, and back here.
    if (ticket === 'signed-out') return router.refresh()
    // Two answers may arrive in the wrong order.
    if (ticket) setOwn((known) => (ticket.now >= known.now ? ticket : known))
  }, [address, locale, router])

  const { snapshot: line, heardAtMs } = live
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs with each answer, also an equal one
  useEffect(() => {
    if (needsAnotherLook({ own, line })) void look()
  }, [heardAtMs, line, look])
  // A hidden restaurant has no public line, but its parties still wait.
  const isAlone = live.isUnreachable || live.state === 'old'
  useEffect(() => {
    if (!isAlone) return
    const { stop } = repeat({ act: look, planRest: () => ALONE_MS, firstRestMs: ALONE_MS })
    return stop
  }, [isAlone, look])
  const [shown, setShown] = useState<Shown | null>(null)
  const followed = followTicket({ own, line, shown })
  if (shown === null || followed.asOf !== shown.asOf) setShown(followed)
  // The line of another day has other numbers.
  const snapshot = line?.serviceDate === own.serviceDate ? line : null
  return { own, live: { ...live, snapshot }, look, status: followed.status, place: followed.place }
}
