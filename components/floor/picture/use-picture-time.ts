'use client'

import { useState } from 'react'
import { useBoardLive, useBoardView } from '@/components/floor/state/board-context'
import { listPictureTimes } from '@/domain/floor/picture.rules'

/**
 * The instant that the picture shows: the present, or the time that staff chose; while a party is moved, its
 * own time, and while a booking is made, that of its table.
 */
export function usePictureTime() {
  const { panel } = useBoardLive()
  const { parties, slots, nowMs, serviceDate, today } = useBoardView()
  const [wished, setWished] = useState<string | null>(null)
  const times = listPictureTimes({ slots, nowMs })
  const isToday = serviceDate === today
  const first = isToday ? null : (times[0] ?? slots[0]?.startsAt ?? null)
  const chosen = wished !== null && times.includes(wished) ? wished : first
  const ofPanel = (() => {
    if (panel?.kind === 'CHANGE')
      return parties.find(({ reservationId }) => reservationId === panel.reservationId)?.startsAt
    if (panel?.kind === 'BOOK')
      return slots.find(({ slotId }) => slotId === panel.slotIds[0])?.startsAt
    return undefined
  })()
  const shown = ofPanel ?? chosen
  const shownMs = shown === null ? nowMs : Date.parse(shown)
  // A party that is late is moved now.
  const atMs = isToday ? Math.max(shownMs, nowMs) : shownMs
  return {
    atMs,
    times,
    /** Null: the present. */
    chosen,
    /** The panel's time is shown, whatever is chosen. */
    isOfPanel: ofPanel !== undefined,
    canFollowNow: isToday,
    choose: setWished,
  }
}
