'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** Whether this page's script runs, and a tap would be heard. */
export const useIsReady = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
