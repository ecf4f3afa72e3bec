'use client'

import type { ReactNode } from 'react'
import { ControlsContext, LiveContext, ViewContext } from './board-context'
import { type BoardOptions, useBoardState } from './use-board-state'

/** Holds the board's state and lets each part read only what it needs. */
export function BoardProvider({ children, ...options }: BoardOptions & { children: ReactNode }) {
  const { controls, view, live } = useBoardState(options)
  return (
    <ControlsContext value={controls}>
      <ViewContext value={view}>
        <LiveContext value={live}>{children}</LiveContext>
      </ViewContext>
    </ControlsContext>
  )
}
