'use client'

import { useRef, useState } from 'react'
import { type Body, textOf } from '@/components/ui/client/ask'
import { type AskOutcome, type AskState, useAsking } from '@/components/ui/client/use-asking'
import type { Locale } from '@/lib/i18n/locale'

type BookingWish = {
  restaurantId: string
  serviceDate: string
  startsAt: string
  partySize: number
  note?: string
  allergies?: string
}

export type Refused = {
  reason: string
  /** In the language of the page. Null: the answer did not come from our service. */
  title: string | null
  opensAt: string | null
  lookAgainAt: string | null
  /** With `no-turn`: the opening that gives turns. */
  openingId: string | null
  /** With `overlapping-reservation`: the diner's other one. */
  overlapping: { id: string; startsAt: string; timeZone: string } | null
}

/** The part of the answer that the page shows. `holdExpiresAt` is null once it is confirmed. */
export type Placed = { id: string; holdExpiresAt: string | null; awaitsStaff: boolean }

type Ended =
  | { phase: 'booked'; placed: Placed }
  | { phase: 'refused'; refused: Refused }
  | { phase: 'unknown' }
export type BookingState = AskState | Ended

function readEnd(outcome: AskOutcome): Ended {
  if (outcome.kind === 'unknown') return { phase: 'unknown' }
  if (outcome.kind === 'refused')
    return { phase: 'refused', refused: readRefusal(outcome.problem.body) }
  const { id, holdExpiresAt, awaitsStaff } = outcome.value
  const hold = { holdExpiresAt: textOf(holdExpiresAt), awaitsStaff: awaitsStaff === true }
  return { phase: 'booked', placed: { id: String(id), ...hold } }
}

export function readRefusal(body: Body): Refused {
  const [id, startsAt, timeZone] = [body.reservationId, body.startsAt, body.timeZone].map(textOf)
  return {
    reason: textOf(body.reason) ?? 'unexpected',
    title: textOf(body.title),
    opensAt: textOf(body.opensAt),
    lookAgainAt: textOf(body.lookAgainAt),
    openingId: textOf(body.openingId),
    overlapping: id && startsAt && timeZone ? { id, startsAt, timeZone } : null,
  }
}

/** Books, and retries by itself under the same key until there is an answer. */
export function useBooking({ turn = null, locale }: { turn?: string | null; locale: Locale }) {
  const asking = useAsking({ locale })
  const [ended, setEnded] = useState<Ended | null>(null)
  const wished = useRef<BookingWish | null>(null)
  // A turn may be renewed while an attempt runs; each retry carries the newest.
  const newestTurn = useRef(turn)
  newestTurn.current = turn

  async function book(wish: BookingWish) {
    wished.current = wish
    setEnded(null)
    const outcome = await asking.run({
      url: '/api/v1/reservations',
      body: wish,
      readHeaders: () => ({ ...(newestTurn.current && { 'opening-turn': newestTurn.current }) }),
    })
    if (outcome) setEnded(readEnd(outcome))
  }

  return {
    state: ended ?? asking.state,
    book,
    /** Retries the same attempt to learn its outcome. */
    askAgain: () => wished.current && book(wished.current),
    /** Stops retrying; the outcome stays unknown. */
    stop: () => {
      asking.stop()
      setEnded({ phase: 'unknown' })
    },
    reset: () => {
      asking.forget()
      setEnded(null)
    },
  }
}
