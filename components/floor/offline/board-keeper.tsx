'use client'

import { useEffect, useState } from 'react'
import { useBoardLive } from '@/components/floor/state/board-context'
import { dropKept, keepRecord, listKept, type Seal } from '@/components/identity/kept/kept-store'
import { obtainSeal } from '@/components/identity/kept/obtain-seal'
import { type Answer, ask } from '@/components/ui/client/ask'
import { backOffMs } from '@/components/ui/client/back-off'
import { readDeviceMs } from '@/components/ui/client/device-clock'
import { repeat } from '@/components/ui/client/poll'
import { readSteadyMs } from '@/components/ui/client/steady-clock'
import { useStable } from '@/components/ui/use-stable'
import { listKeptDates, nameKept, OTHER_DATE_MS } from '@/domain/floor/kept-board.rules'
import type { Day } from '@/domain/floor/schema'
import type { Locale } from '@/lib/i18n/locale'
import { keepOfflinePage, registerBoardWorker } from './board-worker'
import type { BoardHead, KeptBoard } from './kept-board'

/** A tablet that goes out loses at most this much of the evening. */
const PACE_MS = 5_000
const FIRST_REST_MS = 1_500
const LONGEST_REST_MS = 60_000

/** The session's seal, once this browser can show the board without a network. Null: it can't. */
function useSeal(locale: Locale): [Seal | null, () => void] {
  const [seal, setSeal] = useState<Seal | null>(null)
  useEffect(() => {
    let isWanted = true
    const prepare = async () => {
      if (!(await registerBoardWorker(locale))) return
      const obtained = await obtainSeal()
      if (isWanted) setSeal(obtained)
      if (!obtained) return
      await listKept({ seal: obtained, nowMs: readDeviceMs() })
    }
    // Without storage the board is what it is without this: readable while it is open.
    prepare().catch(() => {})
    return () => {
      isWanted = false
    }
  }, [locale])
  const drop = useStable(() => {
    setSeal(null)
    dropKept().catch(() => {})
  })
  return [seal, drop]
}

/** Keeps the page without a network, and asks again until it is whole. */
function useOfflinePage({ seal, locale }: { seal: Seal | null; locale: Locale }): void {
  useEffect(() => {
    if (!seal) return
    let tries = 0
    const keeping = repeat({
      act: () => keepOfflinePage(locale).catch(() => false),
      planRest: (isKept) => {
        tries = isKept ? 0 : tries + 1
        return isKept ? null : backOffMs({ tries, longestMs: LONGEST_REST_MS })
      },
    })
    return keeping.stop
  }, [seal, locale])
}

/** Keeps the shown day at a pace, the newest one last. */
function usePaced(keep: (board: KeptBoard) => void): (board: KeptBoard) => void {
  const [pace] = useState(() => {
    let last = Number.NEGATIVE_INFINITY
    let timer: ReturnType<typeof setTimeout> | undefined
    return (act: () => void) => {
      clearTimeout(timer)
      const restMs = Math.max(0, last + PACE_MS - readSteadyMs())
      timer = setTimeout(() => {
        last = readSteadyMs()
        act()
      }, restMs)
    }
  })
  return (board) => pace(() => keep(board))
}

/**
 * Keeps today and tomorrow sealed in this browser, as long as the board is live. Once the session or the
 * right to the board is gone, so is what was kept. Shows nothing.
 */
export function BoardKeeper({ head }: { head: BoardHead }) {
  const { day, waiting, trouble } = useBoardLive()
  const { locale, slug } = head.identity
  const [seal, drop] = useSeal(locale)
  useOfflinePage({ seal, locale })
  const keep = useStable((board: KeptBoard) => {
    const id = nameKept({ slug, date: board.day.serviceDate })
    if (seal) keepRecord({ seal, id, value: board, keptAtMs: readDeviceMs() }).catch(() => {})
  })
  const keepPaced = useStable(usePaced(keep))
  const isLive = trouble === null
  const isOver = trouble === 'SIGNED_OUT' || trouble === 'NOT_STAFF'
  useEffect(() => {
    if (isOver) drop()
  }, [isOver, drop])
  useEffect(() => {
    if (!seal || !isLive || !listKeptDates(day.today).includes(day.serviceDate)) return
    keepPaced({ ...head, day, waiting })
  }, [seal, isLive, day, waiting, head, keepPaced])

  const { restaurantId, today, serviceDate } = day
  const keepOther = useStable((answer: Answer<Day>) => {
    if (answer.kind === 'value') keep({ ...head, day: answer.value, waiting })
  })
  useEffect(() => {
    if (!seal) return
    const others = listKeptDates(today).filter((date) => date !== serviceDate)
    const read = (stopper: AbortController) =>
      Promise.all(
        others.map(async (date) => {
          const url = `/api/v1/restaurants/${restaurantId}/day?date=${date}`
          keepOther(await ask<Day>({ url, locale, stopper }))
        }),
      )
    const reading = repeat({
      act: read,
      planRest: () => OTHER_DATE_MS,
      firstRestMs: FIRST_REST_MS,
    })
    return reading.stop
  }, [seal, restaurantId, today, serviceDate, locale, keepOther])
  return null
}
