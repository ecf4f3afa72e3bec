'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useVisitor } from '@/components/identity/visitor'
import { useAction } from '@/components/ui/use-action'
import { linkToSignIn } from '@/domain/identity/rules'
import { takeOwnReminderBack } from '@/domain/opening/reminder.actions'
import type { ReminderAbout } from '@/domain/opening/reminder.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { ActionAnswer } from '@/lib/problems/result'
import { keepReminder, keepReminderWish, readReminder, takeReminderWish } from './kept-reminder'

/** Whether this visitor has asked to be told, and the taps that change it. */
export function useReminder({
  openingId,
  about,
  ask,
  locale,
  words,
}: {
  openingId: string
  about: ReminderAbout
  /** Null: the browser did not agree, and says so itself. */
  ask: () => Promise<ActionAnswer<unknown> | null>
  locale: Locale
  words: { failed: string }
}) {
  const visitor = useVisitor()
  const accountId = visitor?.id ?? null
  const [isOn, setIsOn] = useState(false)
  const { run, isRunning, refusal } = useAction(words)
  useEffect(() => {
    setIsOn(accountId !== null && readReminder({ openingId, about, accountId }))
  }, [openingId, about, accountId])

  const keep = useCallback(
    (isAsked: boolean) => {
      keepReminder({ openingId, about, accountId: isAsked ? accountId : null })
      setIsOn(isAsked)
    },
    [openingId, about, accountId],
  )
  const turnOn = () => {
    if (accountId === null) {
      keepReminderWish(openingId)
      window.location.assign(linkToSignIn({ returnPath: window.location.pathname, locale }))
      return
    }
    run(
      async (): Promise<ActionAnswer<boolean>> => {
        const asked = await ask()
        return asked?.ok === false ? asked : { ok: true, value: asked !== null }
      },
      (isAsked) => isAsked && keep(true),
    )
  }
  const turnOff = () =>
    run(
      () => takeOwnReminderBack({ openingId, about, locale }),
      () => keep(false),
    )

  // A visitor who asked before signing in has asked now.
  const turnsOn = useRef(turnOn)
  turnsOn.current = turnOn
  useEffect(() => {
    if (about === 'OPENING' && accountId !== null && takeReminderWish(openingId)) turnsOn.current()
  }, [about, accountId, openingId])

  return { isOn, isBusy: isRunning || visitor === undefined, refusal, turnOn, turnOff }
}
