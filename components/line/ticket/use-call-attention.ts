'use client'

import { useEffect, useRef } from 'react'
import { useWakeLock } from '@/components/ui/client/use-wake-lock'
import { useTabTitle } from '@/components/ui/use-tab-title'
import type { TicketStatus } from '@/domain/line/types'

/** Two bursts, like a ringing phone. */
const PATTERN = [300, 200, 300]

/**
 * A party without contact details has only this page: a call vibrates the phone, where it can, keeps
 * its screen on and appears in the tab's title. A status that the page opened with does not vibrate.
 */
export function useCallAttention({ status, title }: { status: TicketStatus; title: string }): void {
  const isCalled = status === 'CALLED' || status === 'LAST_CALLED'
  useTabTitle(isCalled ? title : null)
  useWakeLock(isCalled)
  const before = useRef(status)
  useEffect(() => {
    if (isCalled && status !== before.current) navigator.vibrate?.(PATTERN)
    before.current = status
  }, [isCalled, status])
}
