import type { LineState } from './types'

/** Why no party can join the line now, for every viewer. Null: one can. */
export function whyShut({
  state,
  isInHours,
  isFull,
}: {
  state: LineState
  isInHours: boolean
  isFull: boolean
}): 'PAUSED' | 'CLOSED' | 'OUTSIDE_HOURS' | 'FULL' | null {
  if (state !== 'OPEN') return state
  if (!isInHours) return 'OUTSIDE_HOURS'
  return isFull ? 'FULL' : null
}
