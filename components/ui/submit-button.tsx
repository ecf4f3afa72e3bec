'use client'

import { type ReactNode, useSyncExternalStore } from 'react'
import { Button } from './button'

const never = () => () => {}

/**
 * Sends a form that a script sends. Before the script is there the browser would do it by itself, and
 * put a password into the address; so the button waits for it, looking as it will.
 */
export function SubmitButton({
  isRunning,
  working,
  children,
}: {
  isRunning: boolean
  /** What it says while it runs. */
  working: string
  children: ReactNode
}) {
  const isReady = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
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
