'use client'

import { useKeptChoice } from './use-kept-choice'

const choices = ['on', 'off'] as const

/** Whether this tablet's screen stays on while the board is open. */
export function useAwake() {
  return useKeptChoice({ key: 'bobjool.awake', choices })
}
