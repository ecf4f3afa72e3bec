'use client'

import { useCallback, useEffect, useState } from 'react'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { ask } from '@/components/ui/client/ask'
import type { ActPage, FloorAct } from '@/domain/floor/acts.schema'

/** What was done on the board's date, newest first; the first page is read as the panel opens. */
export function useFloorActs() {
  const { locale } = useBoardControls().identity
  const { restaurantId, serviceDate } = useBoardView()
  const [acts, setActs] = useState<FloorAct[] | null>(null)
  const [cursor, setCursor] = useState<string | null>(null)
  const [isLost, setIsLost] = useState(false)
  const read = useCallback(
    (after: string | null) => {
      const query = new URLSearchParams({ date: serviceDate, ...(after && { cursor: after }) })
      return ask<ActPage>({ url: `/api/v1/restaurants/${restaurantId}/acts?${query}`, locale })
    },
    [restaurantId, serviceDate, locale],
  )
  useEffect(() => {
    let isCurrent = true
    void read(null).then((answer) => {
      if (!isCurrent) return
      setIsLost(answer.kind !== 'value')
      if (answer.kind !== 'value') return
      setActs(answer.value.items)
      setCursor(answer.value.nextCursor)
    })
    return () => {
      isCurrent = false
    }
  }, [read])
  const readMore = async () => {
    const answer = await read(cursor)
    setIsLost(answer.kind !== 'value')
    if (answer.kind !== 'value') return
    setActs((before) => [...(before ?? []), ...answer.value.items])
    setCursor(answer.value.nextCursor)
  }
  return { acts, isLost, readMore: cursor === null ? null : readMore }
}
