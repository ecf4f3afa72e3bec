'use client'

import { useEffect } from 'react'
import { useAction } from '@/components/ui/use-action'
import { pathToSecondFactor } from '@/domain/identity/rules'
import type { Locale } from '@/lib/i18n/locale'

/** Runs an action that signs in; an account that asks for a passkey as well is led to show it. */
export function useEntry({
  failed,
  returnPath,
  locale,
}: {
  failed: string
  /** Where the visitor goes on after the passkey. */
  returnPath: string
  locale: Locale
}) {
  const { run, isRunning, refusal } = useAction({ failed })
  const isNeeded = refusal?.reason === 'passkey-needed'
  useEffect(() => {
    if (isNeeded) window.location.assign(pathToSecondFactor({ returnPath, locale }))
  }, [isNeeded, returnPath, locale])
  return { run, isRunning: isRunning || isNeeded, refusal: isNeeded ? null : refusal }
}
