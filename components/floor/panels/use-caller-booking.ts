'use client'

import { useRef, useState } from 'react'
import { headersOf } from '@/components/floor/queue/use-author'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { ask, makeKey, type Problem } from '@/components/ui/client/ask'
import { askUntilAnswered } from '@/components/ui/client/retry'
import type { BookedForGuest, GuestBooking } from '@/domain/booking/schema'

/** Staff and a caller wait on the phone: after half a minute they look for themselves. */
const persistence = { mostTries: 6 }

type CallerAnswer =
  | { kind: 'IDLE' | 'SENDING' | 'UNKNOWN' }
  /** `to`: what was refused, which staff may have changed since. */
  | { kind: 'REFUSED'; problem: Problem; to: string; refused: number[] }

/**
 * Books for a caller. It is sent again with the same key until there is an answer, so that a lost one
 * books nothing twice; the words about the guest stay in the page. A refusal is told as long as the wish
 * stays the same. The board names the guest as the restaurant knows them.
 */
export function useCallerBooking(wish: GuestBooking | null) {
  const { identity, authorise, tellBooked } = useBoardControls()
  const { restaurantId } = useBoardView()
  const [answer, setAnswer] = useState<CallerAnswer>({ kind: 'IDLE' })
  const sent = useRef<{ key: string; body: string } | null>(null)
  // Not which tables: when one is taken, the next best fit takes its place by itself.
  const wished = JSON.stringify({ ...wish, tableNumbers: wish?.tableNumbers?.length })

  async function book({ override }: { override: boolean }): Promise<void> {
    if (wish === null) return
    const by = await authorise()
    if (!by) return
    const body = { ...wish, ...(override && { override }) }
    const text = JSON.stringify(body)
    // Only the same wish may have been carried out already.
    if (sent.current?.body !== text) sent.current = { key: makeKey(), body: text }
    const { key } = sent.current
    setAnswer({ kind: 'SENDING' })
    const outcome = await askUntilAnswered({
      askOnce: () =>
        ask<BookedForGuest>({
          url: `/api/v1/restaurants/${restaurantId}/reservations`,
          method: 'POST',
          body,
          headers: { 'idempotency-key': key, ...headersOf(by) },
          locale: identity.locale,
        }),
      read: (booked) => (typeof booked.id === 'string' ? booked : null),
      isWanted: () => true,
      persistence,
    })
    if (outcome?.kind === 'done') {
      const { value: booked } = outcome
      tellBooked({ booked, serviceDate: wish.serviceDate, name: booked.guestName })
      return
    }
    setAnswer(
      outcome?.kind === 'refused'
        ? {
            kind: 'REFUSED',
            problem: outcome.problem,
            to: wished,
            refused: wish.tableNumbers ?? [],
          }
        : { kind: 'UNKNOWN' },
    )
  }
  const isStale = answer.kind === 'REFUSED' && answer.to !== wished
  return { answer: isStale ? ({ kind: 'IDLE' } as const) : answer, book }
}
