import { useCallback, useEffect, useRef, useState } from 'react'
import { useByServerClock } from '@/components/ui/client/use-server-now'
import type { OpeningState } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'
import { askOpening, readOwnEntry } from './ask-opening'
import type { KeptPlace } from './kept-place'
import { useVisits } from './turn-times'

/** How often a phone that holds a turn looks whether another device has used it. */
const LOOK_MS = 20_000

/**
 * Keeps a place's reservation as the service knows it: a diner who has booked on another device, or
 * has cancelled there, sees that here instead of a turn. Asked once the turn has come, on each
 * visit, and while the turn is in use.
 */
export function useOwnBooking({
  openingId,
  place,
  stage,
  isAsked,
  isInUse,
  keep,
  locale,
}: {
  openingId: string
  place: KeptPlace | null
  stage: OpeningState | null
  /** The turn has come, so there may be a booking. */
  isAsked: boolean
  /** The turn is on the screen, and not used yet as far as this device knows. */
  isInUse: boolean
  keep: (place: KeptPlace) => void
  locale: Locale
}) {
  const visit = useVisits()
  const [phaseMs] = useState(() => Math.random() * LOOK_MS)
  const countLooks = useCallback(
    ({ nowMs }: { nowMs: number }) => `${isInUse && Math.floor((nowMs + phaseMs) / LOOK_MS)}`,
    [isInUse, phaseMs],
  )
  const time = useByServerClock(countLooks)
  const kept = useRef(place)
  kept.current = place
  // biome-ignore lint/correctness/useExhaustiveDependencies: each visit, stage and turn of the clock asks again
  useEffect(() => {
    if (!isAsked) return
    let isHere = true
    const look = async () => {
      const answer = await askOpening({
        path: 'entries/me',
        read: readOwnEntry,
        openingId,
        locale,
        isWanted: () => isHere,
      })
      const before = kept.current
      if (!isHere || !answer?.ok || !before) return
      const { entry, reservationId } = answer.value
      if (reservationId !== before.reservationId) keep({ ...before, entry, reservationId })
    }
    void look()
    return () => {
      isHere = false
    }
  }, [isAsked, visit, stage, time, openingId, keep, locale])
}
