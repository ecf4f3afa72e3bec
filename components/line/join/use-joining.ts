'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import { type AskOutcome, makeKey, useAsking } from '../use-asking'
import type { JoinChoice } from './use-join-choice'

export type JoinTrouble = Exclude<AskOutcome, { kind: 'done' }>

/** Joins the line and goes on to the ticket: a new one, or the one that there is already. */
export function useJoining({
  restaurantId,
  onAnswer,
  locale,
}: {
  restaurantId: string
  /** The line may be another one by now. */
  onAnswer: () => void
  locale: Locale
}) {
  const router = useRouter()
  const asking = useAsking({ locale })
  const [outcome, setOutcome] = useState<JoinTrouble | null>(null)
  const [isNavigating, setIsNavigating] = useState(false)
  /** Of a wish whose outcome is not known: pressed again, it is the same one. */
  const open = useRef<{ body: string; key: string } | null>(null)

  async function join(choice: JoinChoice) {
    const body = { ...choice, channel: 'ONLINE' }
    const said = JSON.stringify(body)
    const key = open.current?.body === said ? open.current.key : makeKey()
    open.current = { body: said, key }
    setOutcome(null)
    const url = `/api/v1/restaurants/${restaurantId}/tickets`
    const answered = await asking.run({ url, body, key })
    if (!answered) return
    if (answered.kind !== 'unknown') open.current = null
    if (answered.kind === 'done') {
      setIsNavigating(true)
      router.push(localisePath({ path: `/tickets/${String(answered.body.id)}`, locale }))
      return
    }
    setOutcome(answered)
    onAnswer()
  }

  return { state: asking.state, isRunning: asking.isRunning || isNavigating, outcome, join }
}
