'use client'

import { useKeptChoice } from './use-kept-choice'

const hands = ['right', 'left'] as const

/** The side of the free hand, where list and panels appear. */
export function useHand() {
  return useKeptChoice({ key: 'bobjool.hand', choices: hands })
}
