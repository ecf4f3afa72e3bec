'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useStable } from '@/components/ui/use-stable'
import type { QueuedAct } from '@/domain/floor/queue.rules'
import { isOutdated } from '@/domain/floor/queue.rules'
import type { Locale } from '@/lib/i18n/locale'
import { ActSender, type FinalAnswer, type PendingAct } from './act-sender'
import { type KeptActs, openKeptActs } from './kept-acts'

const none: PendingAct[] = []

/**
 * Unanswered acts of this device, account and restaurant. `asOf` is the newest reading; a change of
 * it means that the network is back.
 */
export function useQueue({
  accountId,
  restaurantId,
  asOf,
  locale,
  onAnswer,
  onUncertain,
  onOutdated,
}: {
  accountId: string
  restaurantId: string
  asOf: string
  locale: Locale
  onAnswer: (answered: { act: PendingAct; answer: FinalAnswer }) => void
  /** An act was sent and its outcome is unknown. */
  onUncertain: () => void
  /** An act of a day that is over: it is not sent, and stays visible until staff close it. */
  onOutdated: (act: QueuedAct) => void
}) {
  const [acts, setActs] = useState(none)
  const sender = useRef<ActSender>(null)
  const keeper = useRef<KeptActs>(null)
  const tellAnswer = useStable(onAnswer)
  const tellOutdated = useStable(onOutdated)
  const tellUncertain = useStable(onUncertain)
  const readAsOf = useStable(() => Date.parse(asOf))
  useEffect(() => {
    const kept = openKeptActs({ accountId, restaurantId })
    let isWanted = true
    keeper.current = kept
    const started = new ActSender({
      restaurantId,
      locale,
      kept,
      onChange: setActs,
      onAnswer: tellAnswer,
      onUncertain: tellUncertain,
    })
    sender.current = started
    const resume = async () => {
      const acts = await kept.list()
      if (!isWanted) return
      const nowMs = readAsOf()
      for (const act of acts) if (isOutdated({ act, nowMs })) tellOutdated(act)
      started.start(acts.filter((act) => !isOutdated({ act, nowMs })))
    }
    void resume()
    const nudge = () => started.nudge()
    window.addEventListener('online', nudge)
    return () => {
      isWanted = false
      window.removeEventListener('online', nudge)
      started.stop()
    }
  }, [accountId, restaurantId, locale, readAsOf, tellAnswer, tellOutdated, tellUncertain])
  useEffect(() => {
    if (asOf) sender.current?.nudge()
  }, [asOf])

  const add = useCallback(
    async (act: QueuedAct & { note?: string | undefined }) =>
      (await sender.current?.add(act)) ?? null,
    [],
  )
  const takeBack = useCallback((key: string) => sender.current?.takeBack(key), [])
  const forget = useCallback((key: string) => void keeper.current?.forget(key), [])
  return { acts, add, takeBack, forget }
}
