'use client'

import type { ReactNode } from 'react'
import { Button } from './button'
import { useIsReady } from './client/use-is-ready'

/**
 * Submits a form by script. Without the script the browser would submit it itself and put a
 * password into the address, so the button stays disabled until then, with its normal look.
 */
export function SubmitButton({
  isRunning,
  working,
  children,
}: {
  isRunning: boolean
  /** The label while it runs. */
  working: string
  children: ReactNode
}) {
  const isReady = useIsReady()
  return (
    <Button
      type="submit"
      size="large"
      isWide
      disabled={isRunning || !isReady}
      className={isReady ? undefined : 'disabled:opacity-100'}
    >
      {isRunning ? working : children}
    </Button>
  )
}
