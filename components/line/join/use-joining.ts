'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type AskOutcome, useAsking } from '@/components/ui/client/use-asking'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { JoinChoice } from './use-join-choice'

export type JoinTrouble = Exclude<AskOutcome, { kind: 'done' }>

/** Joins the line and continues to the ticket: a new one, or the visitor's existing one. */
export function useJoining({
  restaurantId,
  onAnswer,
  locale,
}: {
  restaurantId: string
  /** The line may have changed by now. */
  onAnswer: () => void
  locale: Locale
}) {
  const router = useRouter()
  const asking = useAsking({ locale })
  const [outcome, setOutcome] = useState<JoinTrouble | null>(null)
  const [isNavigating, setIsNavigating] = useState(false)

  async function join(choice: JoinChoice) {
    const body = { ...choice, channel: 'ONLINE' }
    setOutcome(null)
    const url = `/api/v1/restaurants/${restaurantId}/tickets`
    const answered = await asking.run({ url, body })
    if (!answered) return
    if (answered.kind === 'done') {
      setIsNavigating(true)
      router.push(localisePath({ path: `/tickets/${String(answered.value.id)}`, locale }))
      return
    }
    setOutcome(answered)
    onAnswer()
  }

  return { state: asking.state, isRunning: asking.isRunning || isNavigating, outcome, join }
}
