'use client'

import { useEffect, useRef } from 'react'
import { useTabTitle } from '@/components/ui/use-tab-title'
import type { TicketStatus } from '@/domain/line/types'

/** Twice, as a phone that rings does. */
const PATTERN = [300, 200, 300]

/**
 * A party that has left no address has this page alone: a call shakes the phone, where it can, and
 * stands in the tab's title for whoever looks at another one. What was so already when the page was
 * opened shakes nothing.
 */
export function useCallAttention({ status, title }: { status: TicketStatus; title: string }): void {
  const isCalled = status === 'CALLED' || status === 'LAST_CALLED'
  useTabTitle(isCalled ? title : null)
  const before = useRef(status)
  useEffect(() => {
    if (isCalled && status !== before.current) navigator.vibrate?.(PATTERN)
    before.current = status
  }, [isCalled, status])
}
